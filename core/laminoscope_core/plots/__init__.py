"""Plots, each described once: what it shows of results, for a screen and for a figure alike.

A plot is a module with a frozen ``View`` (what of the results is shown: the layer, the pair, the
limits) and ``show(results, view)``, which gives a `Shown`: frames with axes and marks, the key,
the colour scale, the texts, and a table of every number.  The window paints it with pyqtgraph, a
figure draws it with matplotlib, an export writes its table; none of them looks at the results.
"""

"""Plots: pyqtgraph items in Laminoscope's style, fed with arrays, knowing nothing of models."""

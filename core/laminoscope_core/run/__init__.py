"""From an experiment to its results: sections, the run, what a window asked for beyond it."""

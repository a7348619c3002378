"""Qt views of Laminoscope's results: panels, plots and the theme they share."""

"""Laminoscope's wiring: window, actions, background thread, command line."""

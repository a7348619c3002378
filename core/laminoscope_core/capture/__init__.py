"""Capture: run a model and keep what its attention and its blocks computed."""

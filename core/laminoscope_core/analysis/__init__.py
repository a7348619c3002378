"""Analyses: pure functions from captured arrays to frozen results."""

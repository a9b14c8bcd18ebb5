"""Measurements of speed: ``make bench``.  Each prints a ratio to a floor measured in the same run; none is a test."""

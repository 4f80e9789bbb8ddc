"""Edits that take more than one file into account."""

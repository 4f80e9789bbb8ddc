"""Functions that yield the edits of fixes."""

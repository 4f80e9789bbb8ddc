"""Edits of what every kind of file shares."""

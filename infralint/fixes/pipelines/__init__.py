"""Edits of pipeline files."""

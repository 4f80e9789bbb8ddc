"""Edits of compose files."""

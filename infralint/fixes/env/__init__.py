"""Edits of env files."""

"""Edits of Dockerfiles."""

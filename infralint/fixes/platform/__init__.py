"""Edits of files of deployment platforms and development environments."""

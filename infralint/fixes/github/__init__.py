"""Edits of workflows and actions."""

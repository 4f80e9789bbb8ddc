"""Env files as entries."""

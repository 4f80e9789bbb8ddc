"""Nouns that every kind of file shares."""

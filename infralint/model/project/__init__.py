"""The repository as a whole, from the summaries of its files."""

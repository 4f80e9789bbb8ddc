"""Questions about the repository as a whole."""

"""Questions about compose files."""

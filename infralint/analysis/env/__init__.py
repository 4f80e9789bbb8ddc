"""Questions about env files."""

"""Floor 5: from paths to settled findings."""

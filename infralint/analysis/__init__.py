"""Questions about nouns, one module per topic."""

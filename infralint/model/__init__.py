"""Floor 3: trees seen as the nouns of the field."""

"""Floor 4: rules, the language they are written in, and what they may do."""

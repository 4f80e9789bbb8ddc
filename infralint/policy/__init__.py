"""Floor 4: cards, the language they are written in, and what they may do."""

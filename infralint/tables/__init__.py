"""Floor 2: tables, and pure functions over values."""

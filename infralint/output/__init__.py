"""Floor 6: findings out. Formats know findings, not models."""

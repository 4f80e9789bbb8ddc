"""Other linters' configuration files: what they switch off, and what of ours says the same."""

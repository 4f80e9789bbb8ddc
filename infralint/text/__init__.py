"""Floor 0: text, spans, edits, findings."""

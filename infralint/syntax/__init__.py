"""Floor 1: readers from text to trees in which every value knows its span."""

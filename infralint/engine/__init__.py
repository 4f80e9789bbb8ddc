"""Floor 5: from paths to the findings of a report."""

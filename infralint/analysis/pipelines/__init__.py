"""Questions about pipelines of CI systems, by topic."""

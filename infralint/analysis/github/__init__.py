"""Questions about workflows, jobs and steps."""

"""GitHub Actions: workflows, actions and Dependabot."""

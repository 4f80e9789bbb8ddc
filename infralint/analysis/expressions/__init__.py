"""The types of GitHub Actions expressions: values, contexts, payloads and the checker."""

"""Questions about Dockerfiles."""

"""Compose files as services, mounts, ports and networks."""

"""Files of deployment platforms and development environments."""

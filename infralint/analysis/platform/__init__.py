"""Questions about files of deployment platforms and development environments."""

"""Questions about what every kind of file shares: commands, images, credentials, variables."""

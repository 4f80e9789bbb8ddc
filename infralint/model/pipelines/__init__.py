"""Pipelines of CI systems other than GitHub Actions, seen as jobs, scripts, images and code from elsewhere."""

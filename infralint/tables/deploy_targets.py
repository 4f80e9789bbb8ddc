"""Targets of deployments that are static sites. As of 2026-11, from their own descriptions."""

from __future__ import annotations

SITES = frozenset(("Azure Static Web Apps", "Cloudflare Pages", "Firebase Hosting", "GitHub Pages", "Netlify"))
"""Targets that are static sites: no server, no data; the run of an earlier commit, run again, puts that one back."""

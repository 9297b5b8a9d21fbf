"""One machine, everything embedded: `python -m deploy.local`."""

"""Fetching a file from an address that somebody gave: so long at most, so much at most, and not from in here."""

from shared.fetching.fetch import USUAL, Fetched, Limits, Progress, Validators, fetch
from shared.fetching.reach import Inward, Unfetched

__all__ = ["USUAL", "Fetched", "Inward", "Limits", "Progress", "Unfetched", "Validators", "fetch"]

"""Fetching a feed for a command: who types a private address means that network."""

import asyncio

from shared.cli.failing import Failed
from shared.fetching import USUAL, Limits, Progress, Unfetched
from shared.fetching import fetch as fetch_within


def fetch(url: str, progress: Progress, limits: Limits = USUAL) -> bytes:
    """Failed when it does not answer, not with 200, too late or too much, or leads into a private network."""
    try:
        fetched = asyncio.run(fetch_within(url, progress, inward="as given", limits=limits))
    except Unfetched as why:
        raise Failed(why.reason) from None
    if fetched.body is None:
        raise Failed("The feed's address answers HTTP 304, though nothing older was named.")
    return fetched.body

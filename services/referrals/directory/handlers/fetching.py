"""Fetching what a source publishes: one file, or the pages of a list one after the other."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

import httpx

from services.referrals.directory.outcome import Progress
from services.referrals.directory.source import Source
from services.referrals.feeds.feed import LARGEST_FEED
from services.referrals.feeds.open_referral_pages import (
    MOST_PAGES,
    arrived,
    as_feed,
    only_named,
    page_of,
    whole_service,
)
from shared.fetching import Fetched, Inward, Limits, Unfetched, Validators, fetch

_FILE = Limits(seconds=120, size=LARGEST_FEED, redirects=5)
_PAGE = Limits(seconds=30, size=LARGEST_FEED, redirects=5)
NONE = Validators()


@dataclass(frozen=True, slots=True)
class Published:
    """`body` is None when it is the same as before; `formats` is what a BMLT server answers to `GetFormats`."""

    body: bytes | None
    formats: bytes | None
    validators: Validators


async def published(source: Source, validators: Validators, inward: Inward, progress: Progress) -> Published:
    """Unfetched when it is not there, or too large, or leads where it must not."""
    first = await fetch(source.url, _telling(progress), inward=inward, limits=_FILE, validators=validators)
    if first.body is None:
        return Published(None, None, first.validators)
    if source.format == "open-referral":
        return await _paged(source, first, inward, progress)
    formats = await fetch(source.formats_url, inward=inward, limits=_FILE) if source.formats_url else None
    return Published(first.body, formats.body if formats else None, first.validators)


async def _paged(source: Source, first: Fetched, inward: Inward, progress: Progress) -> Published:
    """All pages as one list, and of those that may be mutual aid what the list leaves out.

    What the first page was said with tells nothing of the others: the next time all of it is fetched.
    """
    page = await asyncio.to_thread(page_of, first.body or b"")
    if page is None:
        return Published(first.body, None, first.validators)
    if page.pages > MOST_PAGES:
        raise Unfetched("too-many-pages", f"The feed has more than {MOST_PAGES:,} pages.")
    address, services, following = httpx.URL(source.url), list(page.services), _Following(inward, progress)
    for number in range(2, page.pages + 1):
        body = await following.fetched(address.copy_merge_params({"page": str(number)}))
        further = await asyncio.to_thread(page_of, body)
        if further is None:
            raise Unfetched("not-a-page", f"Page {number} of {page.pages} is not a page of a list.")
        if not further.services:
            raise Unfetched("not-whole", f"Page {number} of {page.pages} is empty.")
        services += further.services
    if (there := arrived(services)) < (page.items or 0):
        reason = f"The list says that it has {page.items} services, and {there} came with its {page.pages} pages."
        raise Unfetched("not-whole", reason)
    whole = [await _whole(each, address, following) for each in services]
    same = page.pages == 1 and whole == services
    return Published(await asyncio.to_thread(as_feed, whole), None, first.validators if same else NONE)


async def _whole(service: object, address: httpx.URL, following: "_Following") -> object:
    if (own_id := only_named(service)) is None:
        return service
    path = f"{address.path.rstrip('/')}/{quote(own_id, safe='')}"
    try:
        body = await following.fetched(address.copy_with(path=path, query=None))
    except Unfetched as why:
        if why.code != "not-ok":
            raise
        return service  # whoever reads it says what it lacks
    return whole_service(body) or service


@dataclass(slots=True)
class _Following:
    """Further requests to the same server, all of them within the size of one feed."""

    inward: Inward
    progress: Progress

    async def fetched(self, url: httpx.URL) -> bytes:
        left = LARGEST_FEED - self.progress.fetched
        before = self.progress.fetched
        found = await fetch(str(url), inward=self.inward, limits=replace(_PAGE, size=max(left, 0)))
        self.progress.fetched, self.progress.fetched_of = before + len(found.body or b""), None
        return found.body or b""


def _telling(progress: Progress) -> Callable[[int, int | None], None]:
    def told(so_far: int, whole: int | None) -> None:
        progress.fetched, progress.fetched_of = so_far, whole

    return told

"""Open Referral UK by pages: what one holds, how many there are, and which services are only named in a list."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.referrals.feeds.lines import json_of
from services.referrals.feeds.open_referral_edition import edition_of, inside, one_inside
from services.referrals.feeds.parsed import BrokenFeed, Unreadable
from services.referrals.feeds.recognition import may_be_mutual_aid, recognised
from services.referrals.feeds.values import Line, raw

# What wraps the services in 3.0 and in 1.0, and what says how many such pages there are, and services on all of them.
WRAPPERS = {"contents": ("total_pages", "total_items"), "content": ("totalPages", "totalElements")}
MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """`items`: how many services all pages have together, if it says so."""

    services: Sequence[object]
    pages: int
    items: int | None


def page_of(body: bytes) -> Page | None:
    """None when it is no page: then whoever reads it as a feed says what it is."""
    answer = _json(body)
    if not isinstance(answer, dict):
        return None
    for wrapper, (total, items) in WRAPPERS.items():
        pages, services = str(answer.get(total) or 1), answer.get(wrapper)
        if isinstance(services, list) and pages.isdecimal():
            return Page(services, min(int(pages[:9]), MOST_PAGES + 1), number_of(answer, items))
    return None


def number_of(answer: Line, field: str) -> int | None:
    """None when it does not say, or nothing that can be one."""
    said = str(answer.get(field))
    return int(said) if re.fullmatch(r"\d{1,9}", said, re.ASCII) else None


def arrived(services: Iterable[object]) -> int:
    """How many different ones: a list that moves on between two pages brings one twice, and another not at all."""
    ids = [service.get("id") if isinstance(service, Mapping) else None for service in services]
    return len({str(own_id) for own_id in ids if own_id is not None}) + ids.count(None)


def only_named(service: object) -> str | None:
    """The id of a service of which the list leaves out when and where it is, if it may be mutual aid."""
    if not isinstance(service, Mapping):
        return None
    try:
        edition = edition_of(service)
        whole = inside(service, "service_at_locations") or inside(service, edition.schedules)
        own_id, names = raw(service, "id"), [raw(service, "name"), raw(one_inside(service, "organization"), "name")]
    except Unreadable:
        return None
    return own_id if own_id and not whole and _mutual_aid(names) else None


def _mutual_aid(names: Sequence[str]) -> bool:
    try:
        return recognised(names) is not None or may_be_mutual_aid(names)
    except Unreadable:
        return True


def as_feed(services: Sequence[object]) -> bytes:
    return json.dumps(services).encode()


def whole_service(body: bytes) -> Line | None:
    answer = _json(body)
    return answer if isinstance(answer, dict) else None


def _json(body: bytes) -> object:
    try:
        return json_of(body.decode("utf-8-sig"))
    except (BrokenFeed, UnicodeDecodeError):
        return None

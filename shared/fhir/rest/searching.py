"""search-type, by GET and by POST, and the pages that follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from shared.fhir.definitions import Definitions, Link, ResourceType
from shared.fhir.rest.answers import Answer, content
from shared.fhir.rest.asked import Asked, Pairs
from shared.fhir.rest.bundles import searchset
from shared.fhir.rest.negotiation import wants_strict
from shared.fhir.rest.outcomes import issue, outcome
from shared.fhir.search.cursor import Cursors, TamperedCursor
from shared.fhir.search.parameters import CURSOR, FORMAT, Parameters, Search
from shared.fhir.search.query import Place, Query
from shared.fhir.store.pages import Page, Pages, Reader
from shared.problems import Problem, refused
from shared.web.identity import System
from shared.web.problems import ApiProblem


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A search, or its next page."""

    search: Search
    place: Place | None = None


class Searching:
    def __init__(self, definitions: Definitions, pages: Pages, parameters: Parameters, cursors: Cursors) -> None:
        self._definitions = definitions
        self._pages = pages
        self._parameters = parameters
        self._cursors = cursors

    async def search(self, asked: Asked, kind: ResourceType, caller: System, base: str, pairs: Pairs) -> Answer:
        """400 for what cannot be understood, and, asked strictly, for what would not be used."""
        wanted = self._wanted(kind, caller, pairs, base)
        unused = list(wanted.search.unused)
        if unused and wants_strict(asked.header(b"prefer")):
            raise ApiProblem(400, "Not all of this can be used", unused)
        query = wanted.search.query
        links, withheld = _permitted(kind, query, caller)
        reader = Reader(caller.actor, caller.provider, _named(kind, wanted.search), asked.request_id)
        address = f"{base}/{kind.name}"
        to_self = {"self": _url(address, wanted.search.used)}
        told = _told(unused, withheld)
        if query.count == 0:
            total = await self._pages.count(query, reader)
            return content(searchset(base, (), links=to_self, total=total, outcome=told))
        page = await self._pages.page(query, links, reader, wanted.place)
        if page.next is not None:
            to_self["next"] = _url(address, [(CURSOR, self._cursors.write(caller.provider, query, page.next))])
        return content(searchset(base, page.entries, links=to_self, total=_total(page, wanted.place), outcome=told))

    def _wanted(self, kind: ResourceType, caller: System, pairs: Pairs, base: str) -> _Wanted:
        cursor = next((value for name, value in pairs if name == CURSOR), None)
        if cursor is None:
            return _Wanted(self._parameters.read(kind, pairs, base))
        if any(name not in (CURSOR, FORMAT) for name, _ in pairs):
            raise refused(CURSOR, "not-alone", "A cursor already holds the search: follow the link as it is.")
        try:
            query, place = self._cursors.read(caller.provider, kind.name, cursor)
        except TamperedCursor:
            raise refused(CURSOR, "tampered", "This is not a cursor that we gave you for this search.") from None
        return _Wanted(Search(query, ((CURSOR, cursor),)), place)


def _permitted(kind: ResourceType, query: Query, caller: System) -> tuple[list[Link], list[Link]]:
    """Which includes the caller may see: those of a type that they may read or search by themselves."""
    asked_for = [link for link in kind.links if link.name in query.includes]
    permitted = [link for link in asked_for if any(caller.may(f"system/{link.target}.{right}") for right in "rs")]
    return permitted, [link for link in asked_for if link not in permitted]


def _told(unused: Sequence[Problem], withheld: Sequence[Link]) -> dict[str, object] | None:
    """What was left out, and why."""
    issues = [issue("warning", "not-supported", problem) for problem in unused]
    for link in withheld:
        reason = f"The token does not cover {link.target}: what {link.name} leads to is left out."
        issues.append(issue("warning", "suppressed", Problem("_include", "scope", reason)))
    return outcome(issues) if issues else None


def _total(page: Page, place: Place | None) -> int | None:
    """Known for nothing where all of it is on this page."""
    if place is not None or page.next is not None:
        return None
    return sum(not entry.included for entry in page.entries)


def _named(kind: ResourceType, search: Search) -> str:
    """For the audit: what was searched by, never for what."""
    return f"{kind.name}?{'&'.join(dict.fromkeys(name for name, _ in search.used))}"


def _url(address: str, pairs: Sequence[tuple[str, str]]) -> str:
    return f"{address}?{urlencode(pairs)}" if pairs else address

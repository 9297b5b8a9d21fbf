"""read and vread, with their conditions."""

import re

from shared.fhir.definitions import ResourceType
from shared.fhir.rest.answers import Answer, content, not_modified
from shared.fhir.rest.asked import Asked
from shared.fhir.rest.conditions import conditions, http_date
from shared.fhir.store.lookups import Found, Lookup, Lookups
from shared.web.conditional import require_match
from shared.web.identity import System
from shared.web.problems import ApiProblem, not_found

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_VERSION = re.compile(r"[1-9][0-9]{0,8}")


class Reading:
    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups

    async def read(self, asked: Asked, kind: ResourceType, caller: System, id_: str, version: str | None) -> Answer:
        """404 alike for what never was, is hidden, was erased or is another provider's."""
        if not _ID.fullmatch(id_) or (version is not None and not _VERSION.fullmatch(version)):
            raise _missing(kind)
        wanted = conditions(asked.header(b"if-none-match"), asked.header(b"if-modified-since"))
        lookup = Lookup(
            actor=caller.actor,
            provider=caller.provider,
            type=kind.name,
            id=id_,
            version=int(version) if version else None,
            known=wanted.known,
            since=wanted.since,
            request=asked.request_id,
        )
        found = await self._lookups.find(lookup)
        if found is None:
            raise _missing(kind)
        return _answer(asked, found)


def _answer(asked: Asked, found: Found) -> Answer:
    require_match(asked.header(b"if-match"), found.version)
    headers = [
        (b"etag", b'W/"%d"' % found.version),
        (b"last-modified", http_date(int(found.last_updated))),
    ]
    return not_modified(headers) if found.body is None else content(found.body, headers)


def _missing(kind: ResourceType) -> ApiProblem:
    return not_found(f"There is no such {kind.name} here.", "id")

"""Which interaction an address stands for. Few enough that a table of patterns would only cost time."""

from typing import NamedTuple

from shared.fhir.definitions import Definitions, ResourceType

READING = ("GET", "HEAD")
POSTING = ("POST",)


class Route(NamedTuple):
    """`methods` are those it takes. `interaction` as the CapabilityStatement names it."""

    interaction: str
    methods: tuple[str, ...]
    kind: ResourceType | None = None
    id: str = ""
    version: str | None = None


CAPABILITIES = Route("capabilities", READING)


def route(path: tuple[str, ...], definitions: Definitions) -> Route | None:
    """None for an address where there is nothing."""
    kind = definitions.types.get(path[0])
    if kind is None:
        return CAPABILITIES if path == ("metadata",) else None
    match path[1:]:
        case ():
            return Route("search-type", READING, kind)
        case ("_search",):
            return Route("search-type", POSTING, kind)
        case (id_,):
            return Route("read", READING, kind, id_)
        case (id_, "_history", version):
            return Route("vread", READING, kind, id_, version)
    return None

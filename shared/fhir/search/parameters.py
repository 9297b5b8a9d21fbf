"""Reads a query string or form: each pair goes to its parameter's reader; what nobody reads is remembered and said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from shared.fhir.definitions import Definitions, ResourceType
from shared.fhir.search.query import Query
from shared.fhir.search.readers import NotUsed, Reader, readers
from shared.privacy.master import BlindIndex
from shared.problems import Problem, refused

CURSOR = "_cursor"
FORMAT = "_format"
"""Says how to answer, not what to find."""


@dataclass(frozen=True, slots=True)
class Search:
    """`used` is what `self` repeats; `unused` what a lenient search leaves out and a strict one refuses."""

    query: Query
    used: tuple[tuple[str, str], ...] = ()
    unused: tuple[Problem, ...] = ()


class Parameters:
    """`index` finds a person's identifier without its being stored."""

    def __init__(self, definitions: Definitions, index: BlindIndex) -> None:
        self._readers = {name: readers(kind, definitions, index) for name, kind in definitions.types.items()}

    def read(self, kind: ResourceType, pairs: Iterable[tuple[str, str]], base: str = "") -> Search:
        """Raises Refused for a value or modifier that cannot be understood, whatever the handling.

        `base`: our own address, as references may begin with it.
        """
        query, used, unused = Query(kind.name, base=base), [], []
        for name, value in pairs:
            if name == FORMAT:
                continue
            try:
                query = self._reader(kind, name, value)(query, name, value)
                used.append((name, value))
            except NotUsed as why:
                unused.append(why.problem)
        return Search(replace(query, base=""), _honest(used, query), tuple(unused))

    def _reader(self, kind: ResourceType, name: str, value: str) -> Reader:
        base = name.partition(":")[0]
        known = self._readers[kind.name]
        if base not in known:
            raise NotUsed(name, "unknown-parameter", f"{kind.name} is not searched by {base}.")
        if name not in known:
            raise refused(name, "unknown-modifier", f"{base} does not take the modifier {name[len(base) + 1 :]}.")
        if not value:
            raise NotUsed(name, "empty", f"{name} has no value.")
        return known[name]


def _honest(used: list[tuple[str, str]], query: Query) -> tuple[tuple[str, str], ...]:
    """With the count that is really used, said once."""
    rest = [pair for pair in used if pair[0] != "_count"]
    return tuple(rest if len(rest) == len(used) else [*rest, ("_count", str(query.count))])

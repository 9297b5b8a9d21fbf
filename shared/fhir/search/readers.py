"""One reader per search parameter: what its text means for the query."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from shared.fhir.definitions import CodeParameter, Definitions, ResourceType
from shared.fhir.search.dates import NotADate, period
from shared.fhir.search.query import LARGEST_COUNT, Query
from shared.fhir.search.values import alternatives, plain, resource_id, system_and_code
from shared.fhir.store.versions import SUBJECT
from shared.fhir.tokens import code_token
from shared.privacy.master import BlindIndex
from shared.problems import Problem, refused

Reader = Callable[[Query, str, str], Query]
"""(query so far, name as it was written, value) → query. Raises Refused or NotUsed."""


class NotUsed(Exception):
    """A parameter that does not stop a lenient search."""

    def __init__(self, field: str, code: str, reason: str) -> None:
        super().__init__(code)
        self.problem = Problem(field, code, reason)


def readers(kind: ResourceType, definitions: Definitions, index: BlindIndex) -> Mapping[str, Reader]:
    """By name, modifier included."""
    by_identifier = _by_identifier(definitions, index)
    return {
        "_id": _by_id,
        "_lastUpdated": _by_time,
        "_count": _counted,
        "_include": _including(kind),
        "patient": _by_patient,
        "patient:Patient": _by_patient,
        "patient:identifier": by_identifier,
        **{code.name: _by_code(code) for code in kind.codes},
    }


def _by_id(query: Query, _: str, value: str) -> Query:
    return replace(query, ids=(*query.ids, _ids(alternatives(value))))


def _by_patient(query: Query, _: str, value: str) -> Query:
    """An id or a reference to it, relative or with our own address: what lies elsewhere is nobody's here."""
    texts = [plain(part).removeprefix(f"{query.base}/") for part in alternatives(value)]
    return replace(query, clients=(*query.clients, _ids([text.removeprefix("Patient/") for text in texts])))


def _by_identifier(definitions: Definitions, index: BlindIndex) -> Reader:
    def read(query: Query, name: str, value: str) -> Query:
        found = []
        for part in alternatives(value):
            system, number = system_and_code(part)
            if not system or not number:
                raise refused(name, "incomplete", "An identifier is written system|value.")
            checked = definitions.check(system, number)
            if checked is None:
                raise refused(name, "invalid-identifier", f"This is not a valid identifier of {system}.")
            found.append(index.of(SUBJECT, f"{system}|{checked}").hex())
        return replace(query, subjects=(*query.subjects, tuple(found)))

    return read


def _by_code(parameter: CodeParameter) -> Reader:
    def read(query: Query, _: str, value: str) -> Query:
        tokens = []
        for part in alternatives(value):
            system, code = system_and_code(part)
            tokens.append(code_token(parameter.name, system, code))
        return replace(query, tokens=(*query.tokens, tuple(tokens)))

    return read


def _by_time(query: Query, name: str, value: str) -> Query:
    try:
        periods = tuple(period(plain(part)) for part in alternatives(value))
    except NotADate as why:
        raise refused(name, "invalid-date", str(why)) from None
    return replace(query, updated=(*query.updated, periods))


def _counted(query: Query, name: str, value: str) -> Query:
    """Nought asks for the number alone; more than a page is capped."""
    if not value.isascii() or not value.isdecimal() or len(value) > 9:
        raise refused(name, "invalid-count", "A count is a whole number from 0.")
    return replace(query, count=min(int(value), LARGEST_COUNT))


def _including(kind: ResourceType) -> Reader:
    names = {f"{kind.name}:{link.name}": link.name for link in kind.links}
    names |= {f"{kind.name}:{link.name}:{link.target}": link.name for link in kind.links}

    def read(query: Query, name: str, value: str) -> Query:
        if value not in names:
            raise NotUsed(name, "unknown-include", f"{kind.name} has no include {value}.")
        link = names[value]
        return query if link in query.includes else replace(query, includes=(*query.includes, link))

    return read


def _ids(texts: list[str]) -> tuple[UUID, ...]:
    return tuple(found for text in texts if (found := resource_id(text)) is not None)

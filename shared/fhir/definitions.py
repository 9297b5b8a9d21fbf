"""What the engine is told about a resource type: its profile, how it is searched, what it links to. Data only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Check = Callable[[str], str | None]
"""An identifier's value as it is stored, or None for one that cannot exist (a wrong check digit)."""


@dataclass(frozen=True, slots=True)
class CodeParameter:
    """A `token` search parameter on a top-level element of type `code`, whose `system` is implied by the element."""

    name: str
    element: str
    system: str
    definition: str


@dataclass(frozen=True, slots=True)
class Link:
    """A top-level list of References to resources of one `target` type, followed by `_include=<type>:<name>`."""

    name: str
    element: str
    target: str


@dataclass(frozen=True, slots=True)
class ResourceType:
    """`person` is the element that says whose it is: it holds the identifier that `patient:identifier` finds."""

    name: str
    profile: str
    documentation: str
    person: str = "subject"
    patient_definition: str = "http://hl7.org/fhir/SearchParameter/clinical-patient"
    codes: tuple[CodeParameter, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Definitions:
    """All that is served. `identifiers`: by system, how a person's identifier is checked."""

    types: Mapping[str, ResourceType]
    identifiers: Mapping[str, Check] = field(default_factory=dict)

    def check(self, system: str, value: str) -> str | None:
        known = self.identifiers.get(system)
        return known(value) if known else value


def definitions(types: Sequence[ResourceType], identifiers: Mapping[str, Check]) -> Definitions:
    """Refuses a link to a type that is not served: it would dangle."""
    served = {kind.name: kind for kind in types}
    for kind in types:
        for link in kind.links:
            if link.target not in served:
                raise ValueError(f"{kind.name}.{link.element} leads to {link.target}, which is not served")
    return Definitions(served, identifiers)

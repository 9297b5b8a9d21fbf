"""A client at one provider: what the service keeps of them beside their pathways."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(slots=True)
class Client:
    """A client as stored. `identity` is sealed (`revealed`); none once erased. `version` is client.known's sequence.

    `treatment_return`: agreed to be in the return on treatment. Only this service knows.
    """

    client_id: UUID
    provider: str
    team: str
    state: str
    version: int
    time_zone: str
    peers: bool
    emitters: list[str]
    card_sha256: bytes | None
    identity: bytes | None = field(repr=False)
    reads_text: bool = True
    treatment_return: bool = False


@dataclass(frozen=True, slots=True)
class Erasure:
    """One that is not over yet."""

    client_id: UUID
    provider: str
    asked_at: datetime
    key_gone_at: datetime | None
    tombstoned_at: datetime | None

"""What came from Kafka, and what became of it when it could not be applied."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shared.events.kafka import Headers
from shared.problems import Problem
from shared.storage.database import UnitOfWork


@dataclass(slots=True)  # not frozen: they come by thousands
class Received:
    """One record. `topic` is without the deployment's prefix."""

    topic: str
    partition: int
    offset: int
    key: str | None
    headers: Headers
    value: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setback:
    """A record that was not applied: a dead letter, or parked when `park_under` names the order it belongs to.

    `next_try` none: waits for a person. `give_up` none: waits for ever.
    """

    received: Received
    problem: Problem
    event_id: str | None = None
    type: str | None = None
    client: UUID | None = None
    provider: str | None = None
    park_under: str | None = None
    next_try: datetime | None = None
    give_up: datetime | None = None


Desk = Callable[[UnitOfWork, Sequence[Received]], Awaitable[list[Setback]]]
"""Applies a partition's records in their order, within one transaction; answers those it could not take.

Anything it raises rolls the transaction back: the loop waits if something is away, else finds the culprit and parks it.
"""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subscription. `ordered`: later records of a parked key wait behind it."""

    name: str
    desk: Desk = field(repr=False)
    ordered: bool = True

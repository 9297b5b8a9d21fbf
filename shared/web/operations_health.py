"""How the parts of a service are, for a person: each in one line with a word and a colour."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from shared.messaging.service import Messaging
from shared.storage.backlog import Backlog, backlog, log_is_terse
from shared.storage.database import Connection
from shared.telemetry import metrics

_LATE = 60.0
"""Seconds an event may wait to be published before somebody should look."""


@dataclass(frozen=True, slots=True)
class Part:
    """`colour` is the tag's; `state` its word, so that nobody has to see colours; `href`: where more of it is."""

    name: str
    state: str
    colour: str
    told: str
    href: str | None = None


MorePart = Callable[[Connection], Awaitable[Part]]
"""What only one service has: `app.state.more_parts` holds some."""


async def parts(connection: Connection, messaging: Messaging, now: datetime) -> list[Part]:
    """Of a service whose database answers."""
    waiting = await backlog(connection)
    return [
        await _database(connection),
        _kafka(messaging),
        _relay(messaging, waiting, now),
        _lag(),
        _count("Parked events", sum(waiting.parked.values()), "wait for somebody or something", waiting.oldest_parked),
        _count("Dead letters", sum(waiting.dead_letters.values()), "kept for 14 days", None),
    ]


def parts_without_database(messaging: Messaging) -> list[Part]:
    told = "It does not answer. Nothing is lost: what comes by Kafka waits there, and callers are told to try again."
    return [Part("Database", "Away", "red", told), _kafka(messaging)]


async def _database(connection: Connection) -> Part:
    if not await log_is_terse(connection):
        told = "It answers, but its log may hold what people wrote: set log_error_verbosity to terse."
        return Part("Database", "Leaks", "red", told)
    return _good("Database", "It answers.")


def _kafka(messaging: Messaging) -> Part:
    if missing := messaging.missing():
        return Part("Kafka", "Away", "red", f"Not reached: {', '.join(missing)}. Events wait and nothing is lost.")
    return _good("Kafka", "Connected and reading.")


def _relay(messaging: Messaging, waiting: Backlog, now: datetime) -> Part:
    age = (now - waiting.oldest_unpublished).total_seconds() if waiting.oldest_unpublished else 0.0
    told = f"Not published yet: {waiting.unpublished}; the oldest has waited {age:.0f} s."
    if age > _LATE:
        return Part("Publishing", "Late", "orange", told)
    if not waiting.unpublished:
        told = "Everything is published."
    return _good(
        "Publishing",
        told if messaging.relay.leading else f"{told} This process does not publish: another does, or Kafka is away.",
    )


def _lag() -> Part:
    behind = [
        f"{sample.labels['topic']}: {sample.value:.0f}"
        for family in metrics.consumer_lag.collect()
        for sample in family.samples
        if sample.value > 0
    ]
    if behind:
        return Part("Listening", "Behind", "blue", f"Not applied yet: {', '.join(behind)}.")
    return _good("Listening", "Everything heard is applied, parked or a dead letter.")


def _count(name: str, number: int, told: str, since: datetime | None) -> Part:
    if not number:
        return _good(name, "None.")
    age = f", the oldest since {since:%d %b %Y %H:%M} UTC" if since else ""
    return Part(name, "Some", "orange", f"{number} {told}{age}.")


def _good(name: str, told: str) -> Part:
    return Part(name, "Good", "green", told)

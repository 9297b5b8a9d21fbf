"""A person who agreed to everything and plans to go to a meeting on Wednesday 25 November 2026, 19:00 in London."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from services.reminders.domain.commitments import Commitment
from services.reminders.domain.messages import Message
from services.reminders.domain.people import Client
from services.reminders.domain.planning import Case, plan
from services.reminders.domain.rules import Rule
from shared.meetings import Occurrence
from shared.meetings.zones import zone

CLIENT = UUID("11111111-1111-4111-8111-111111111111")
MEETING = UUID("22222222-2222-5222-8222-222222222222")
START = datetime(2026, 11, 25, 19, tzinfo=UTC)
MADE = datetime(2026, 11, 20, 12, tzinfo=UTC)


def a_client(**chosen: Any) -> Client:  # noqa: ANN401  # any of its fields
    return replace(
        Client(
            client=CLIENT,
            provider="X99",
            team="north",
            state="active",
            known_zone="Europe/London",
            purposes=("meeting-reminders", "check-ins"),
            channels=("email",),
        ),
        **chosen,
    )


def a_commitment(start: datetime = START, minutes: int = 60, **chosen: Any) -> Commitment:  # noqa: ANN401
    there = Occurrence(MEETING, start.date(), start, start + timedelta(minutes=minutes), "Europe/London")
    made = Commitment(commitment_id=uuid4(), referral_id=uuid4(), client=CLIENT, made=MADE, occurrence=there)
    return replace(made, **chosen)


def a_case(commitment: Commitment | None = None, client: Client | None = None, *, ended: bool = False) -> Case:
    return Case(commitment or a_commitment(), client or a_client(), ended)


def planned(case: Case, now: datetime = MADE, messages: Iterable[Message] = ()) -> dict[Rule, Message]:
    """What changes, by rule."""
    return {message.rule: message for message in plan(case, messages, now, uuid4)}


def london(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone("Europe/London")).astimezone(UTC)

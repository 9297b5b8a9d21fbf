"""A report, a client, a meeting and an emitter that go together; a test says only what differs."""

from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from services.journal.domain.attendance import Fact, fact_reported
from services.journal.domain.clients import Client
from services.journal.domain.directory import Directory
from services.journal.domain.emitters import Emitter
from services.journal.domain.refusals import NotTaken
from services.journal.domain.reports import Report
from shared.meetings import Meeting
from tests.unit.meeting_builder import a_meeting

SOURCE = "https://check-in.example/x99"
CLIENT = UUID("5b6f1c3e-6c0d-4d7e-9d39-0a3f4f7f2a01")
NOW = datetime(2026, 11, 18, 20, 30, tzinfo=UTC)
"""A Wednesday evening in winter: the meeting began at 19:00 in London."""
MEETING = a_meeting(place_name="St Mary's Hall", address="1 Church Lane, Leeds", start=time(19))


def a_report(**said: object) -> Report:
    usual: dict[str, Any] = {
        "fact_id": UUID(int=1),
        "source": SOURCE,
        "content": b"digest",
        "client": CLIENT,
        "card": None,
        "meeting_id": MEETING.meeting_id,
        "described": None,
        "start": None,
        "outcome": "attended",
        "observed_at": NOW,
        "reported_by": "emitter",
        "corrects": None,
    }
    return Report(**usual | said)


def a_client(**said: object) -> Client:
    usual: dict[str, Any] = {
        "client": CLIENT,
        "provider": "X99",
        "team": "north",
        "erased": False,
        "emitters": [SOURCE],
    }
    return Client(**usual | said)


def an_emitter(**said: object) -> Emitter:
    usual: dict[str, Any] = {"source": SOURCE, "provider": "X99", "reports_as": "emitter"}
    return Emitter(**usual | said)


def a_directory(*meetings: Meeting) -> Directory:
    directory = Directory()
    directory.put(meetings or (MEETING,))
    return directory


def decided(
    report: Report,
    *,
    client: Client | None = None,
    emitters: tuple[Emitter, ...] = (an_emitter(),),
    directory: Directory | None = None,
    now: datetime = NOW,
    known: bool = True,
) -> Fact | NotTaken:
    registered = {emitter.provider: emitter for emitter in emitters}
    somebody = (client or a_client()) if known else None
    return fact_reported(report, registered, somebody, directory or a_directory(), now)


def taken(answer: Fact | NotTaken) -> Fact:
    assert isinstance(answer, Fact), answer.problem
    return answer


def refused(answer: Fact | NotTaken) -> tuple[str, str]:
    """Field and code."""
    assert isinstance(answer, NotTaken)
    return answer.problem.field, answer.problem.code

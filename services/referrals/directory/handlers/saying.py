"""What the directory says: a meeting whole, whenever anything about it has changed."""

from collections.abc import Sequence
from dataclasses import fields

from shared.events.contract import Contract
from shared.events.directory import MeetingListed
from shared.events.envelope import Event
from shared.events.saying import impersonal
from shared.meetings import Meeting
from shared.storage.database import UnitOfWork


def say_listed(uow: UnitOfWork, changed: Sequence[Meeting]) -> None:
    uow.say(*(_listed(uow, meeting) for meeting in changed))


def _listed(uow: UnitOfWork, meeting: Meeting) -> Event[Contract]:
    data = MeetingListed(**{field.name: getattr(meeting, field.name) for field in fields(meeting)})
    return impersonal(uow.service, data, key=str(meeting.meeting_id), time=uow.now, recorded=uow.now)

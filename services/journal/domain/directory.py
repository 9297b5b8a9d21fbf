"""Which meeting and which occurrence a report is about."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from shared.meetings import ORGANISATIONS, Meeting, Occurrence, occurrence_at, occurrence_of_start

_CODES = {organisation.label.casefold(): code for code, organisation in ORGANISATIONS.items()}


def description(organisation: str, place: str) -> str:
    """AA and its place, as one key: by code or by full name, whatever the case and the spacing."""
    said = _plain(organisation)
    return f"{_CODES.get(said, said)}|{_plain(place)}"


def descriptions(meeting: Meeting) -> set[str]:
    """What somebody may say to describe it: its place's name or its address."""
    return {description(meeting.organisation, place) for place in (meeting.place_name, meeting.address) if place}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


class Directory:
    """Every meeting that was ever listed, withdrawn ones too: what was attended may be told late."""

    def __init__(self) -> None:
        self._by_id: dict[UUID, Meeting] = {}
        self._by_description: dict[str, dict[UUID, Meeting]] = {}

    def put(self, meetings: Iterable[Meeting]) -> None:
        for meeting in meetings:
            if earlier := self._by_id.get(meeting.meeting_id):
                for text in descriptions(earlier):
                    self._by_description[text].pop(meeting.meeting_id)
            self._by_id[meeting.meeting_id] = meeting
            for text in descriptions(meeting):
                self._by_description.setdefault(text, {})[meeting.meeting_id] = meeting

    def meeting(self, meeting_id: UUID) -> Meeting | None:
        return self._by_id.get(meeting_id)

    def described(self, text: str) -> list[Meeting]:
        return list(self._by_description.get(text, {}).values())


def occurrence_reported(meeting: Meeting, start: datetime | None, observed_at: datetime) -> Occurrence | None:
    """The meeting's on the local day of `start`, else the last one begun by `observedAt` (4-events)."""
    return occurrence_at(meeting, observed_at) if start is None else occurrence_of_start(meeting, start)


def nearest(meetings: Iterable[Meeting], start: datetime) -> list[Occurrence]:
    """Of meetings at one place, the one that begins nearest to `start` on that day; several if none is nearer.

    Meetings that are still listed come before those that are not.
    """
    held = [(meeting.status != "active", occurrence_of_start(meeting, start)) for meeting in meetings]
    ranked = [((gone, abs(found.start - start)), found) for gone, found in held if found]
    if not ranked:
        return []
    best = min(rank for rank, _ in ranked)
    return [found for rank, found in ranked if rank == best]

"""From the lines of a feed to what comes of them, alike for every format."""

import json
from collections.abc import Callable, Iterable
from uuid import UUID

from services.referrals.feeds.parsed import BrokenFeed, Parsed, RefusedLine, Unreadable
from services.referrals.feeds.values import Line, source_id
from shared.meetings import Meeting


def rows_of(text: str, wrapped_in: str | None = None, field: str = "feed") -> list[object]:
    """A JSON list, or the one in an object's `wrapped_in`; BrokenFeed when it is neither, or cut off."""
    answer = json_of(text, field)
    if isinstance(answer, dict) and wrapped_in:
        answer = answer.get(wrapped_in)
    return listed(answer, field)


def json_of(text: str, field: str = "feed") -> object:
    """BrokenFeed when it is not JSON, or cut off."""
    try:
        answer: object = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise BrokenFeed("not-json", f"It is not JSON, or was cut off: {_where(wrong)}.", field) from wrong
    return answer


def listed(answer: object, field: str = "feed") -> list[object]:
    if not isinstance(answer, list):
        raise BrokenFeed("wrong-shape", "A list was expected there; something else came.", field)
    return answer


def _where(wrong: Exception) -> str:
    return f"line {wrong.lineno}" if isinstance(wrong, json.JSONDecodeError) else "it is nested too deeply or too large"


def gather(lines: Iterable[tuple[int, object]], read: Callable[[Line], list[Meeting]], id_field: str) -> Parsed:
    """Each numbered line read; one that cannot be, or whose meeting came before, is refused and the others go on."""
    meetings: dict[UUID, Meeting] = {}
    refused: list[RefusedLine] = []
    for number, line in lines:
        if not isinstance(line, dict):
            refused.append(RefusedLine(number, "line", "is not a meeting: names and values were expected"))
            continue
        try:
            found = {meeting.meeting_id: meeting for meeting in read(line)}
            if meetings.keys() & found.keys():
                raise Unreadable(id_field, "is the id of a line before it")
        except Unreadable as why:
            refused.append(RefusedLine(number, why.field, why.reason, _id_in(line, id_field)))
        else:
            meetings |= found
    return Parsed(tuple(meetings.values()), tuple(refused))


def _id_in(line: Line, id_field: str) -> str | None:
    try:
        return source_id(line, id_field)
    except Unreadable:
        return None

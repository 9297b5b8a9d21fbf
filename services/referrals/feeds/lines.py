"""From the lines of a feed to what comes of them, alike for every format."""

import json
from collections.abc import Callable, Iterable
from uuid import UUID

from services.referrals.feeds.parsed import BrokenFeed, Parsed, RefusedLine, Unreadable
from services.referrals.feeds.values import Line, source_id
from shared.meetings import Meeting

MOST_PARTS = 1_000_000
"""Lists and objects in a feed: sixty thousand meetings of the richest format have fewer; more would fill the memory."""
MOST_REFUSED = 100_000


def rows_of(text: str, wrapped_in: str | None = None, field: str = "feed") -> list[object]:
    """A JSON list, or the one in an object's `wrapped_in`; BrokenFeed when it is neither, or cut off."""
    answer = json_of(text, field)
    if isinstance(answer, dict) and wrapped_in:
        answer = answer.get(wrapped_in)
    return listed(answer, field)


def json_of(text: str, field: str = "feed") -> object:
    """BrokenFeed when it is not JSON, or cut off, or holds more than any list of meetings does."""
    if text.count("{") + text.count("[") > MOST_PARTS or text.count(",") > 8 * MOST_PARTS:
        raise BrokenFeed("too-many-parts", f"It has more than {MOST_PARTS:,} parts: it is no list of meetings.", field)
    try:
        answer: object = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise BrokenFeed("not-json", _not_json(wrong), field) from wrong
    return answer


def listed(answer: object, field: str = "feed") -> list[object]:
    if not isinstance(answer, list):
        raise BrokenFeed("wrong-shape", "A list was expected there; something else came.", field)
    return answer


def _not_json(wrong: Exception) -> str:
    if not isinstance(wrong, json.JSONDecodeError):
        return "It is not JSON, or was cut off: it is nested too deeply or too large."
    if wrong.msg == "Extra data":
        return (
            f"It goes on after its end, on line {wrong.lineno}: it looks like JSON line by line. "
            "Put all lines into one list: [ at the beginning, commas between them, ] at the end."
        )
    return f"It is not JSON, or was cut off: line {wrong.lineno}."


def gather(lines: Iterable[tuple[int, object]], read: Callable[[Line], list[Meeting]], id_field: str) -> Parsed:
    """Each numbered line read; one that cannot be, or whose meeting came before, is refused and the others go on."""
    meetings: dict[UUID, Meeting] = {}
    refused: list[RefusedLine] = []
    for number, line in lines:
        try:
            found = _found(line, read)
            if meetings.keys() & found.keys():
                raise Unreadable(id_field, "is the id of a line before it")
        except Unreadable as why:
            refused.append(RefusedLine(number, why.field, why.reason, _id_in(line, id_field)))
        else:
            meetings |= found
        if len(refused) > MOST_REFUSED:
            raise BrokenFeed("not-meetings", f"More than {MOST_REFUSED:,} lines cannot be read: it is another list.")
    return Parsed(tuple(meetings.values()), tuple(refused))


def _found(line: object, read: Callable[[Line], list[Meeting]]) -> dict[UUID, Meeting]:
    if not isinstance(line, dict):
        raise Unreadable("line", "is not a meeting: names and values were expected")
    return {meeting.meeting_id: meeting for meeting in read(line)}


def _id_in(line: object, id_field: str) -> str | None:
    try:
        return source_id(line, id_field) if isinstance(line, dict) else None
    except Unreadable:
        return None

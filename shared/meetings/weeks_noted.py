"""Where a list says every week in its fields, and certain weeks in its own words: a person has to read them. Pure."""

import re

from shared.meetings.meeting import Meeting
from shared.meetings.recurrence import is_weekly

_NTH = r"(?:1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth|last|alternate|every other)"
_UNIT = r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|wednes|satur)(?:day)?s?|weeks?|wks?"
_SAID = re.compile(
    rf"\b{_NTH}\s+(?:{_UNIT})\b|\b(?:fortnightly|bi-?weekly|monthly)\b|(?<!step )\bof (?:the|each|every) month\b",
    re.IGNORECASE,
)
_PHRASE = re.compile(r"[^.;|!?\n]+")
_LONGEST = 120


def weeks_noted(meeting: Meeting) -> str | None:
    """The phrase of its name or notes that speaks of certain weeks, 120 characters at most; None if none does.

    In real lists most of them say what is done in that week, some that it is held in no other. Nobody but a reader
    can tell, and whoever takes it for every week may stand before a locked door.
    """
    if meeting.by_appointment or not is_weekly(meeting):
        return None
    for text in filter(None, (meeting.name, meeting.finding_the_door)):
        for phrase in _PHRASE.findall(text):
            if _SAID.search(phrase):
                return str(phrase).strip()[:_LONGEST]
    return None

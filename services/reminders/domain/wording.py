"""The words of every message. By themselves they name no organisation, no service and no reason (1-product).

Whoever reads over a shoulder learns of a plan and a time. The same words serve family and friends: they say nothing
about anybody's use of anything. They never ask for an answer and never count: any way it went is fine.
"""

from dataclasses import dataclass
from datetime import datetime

from services.reminders.domain.rules import Rule
from shared.meetings.zones import zone
from shared.rules import rule as states


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Reader:
    """`service`: only for who chose that it may be named."""

    name: str
    time_zone: str
    service: str | None = None


_SUBJECT = "A note for you"

_NEUTRAL = {
    Rule.MEETING_DAY_BEFORE: "You have a plan for tomorrow, {day}, at {hour}. This is the reminder you agreed to.",
    Rule.MEETING_TWO_HOURS: "You have a plan for today at {hour}. This is the reminder you agreed to.",
    Rule.COMPANY_FELL_THROUGH: (
        "About your plan for {day}, at {hour}: the person who was going to come along cannot be there this time."
        " The plan is as it was, and it is yours. Going or not going, either is fine."
    ),
    Rule.DID_YOU_GO: (
        "You had a plan for {day}. However it turned out is fine. If you like, say so the next time we talk."
    ),
    Rule.HOW_WAS_IT: (
        "We hope {day} was a good day. If anything about it stayed with you, good or not so good,"
        " you could write it down, or bring it along the next time we talk."
    ),
    Rule.HANDED_OVER: (
        "From now on somebody else will talk with you about your plans. All that you have planned stays as it is."
    ),
}

_NAMED = {
    Rule.MEETING_DAY_BEFORE: (
        "You plan to go to a meeting tomorrow, {day}, at {hour}. This is the reminder you agreed to."
    ),
    Rule.MEETING_TWO_HOURS: "You plan to go to a meeting today at {hour}. This is the reminder you agreed to.",
    Rule.COMPANY_FELL_THROUGH: (
        "About the meeting you plan to go to on {day}, at {hour}: the person who was going to come along cannot be"
        " there this time. The meeting is as it was. Going or not going, either is fine."
    ),
    Rule.DID_YOU_GO: (
        "You planned to go to a meeting on {day}. Whether you went or not is fine."
        " If you like, tell your keyworker the next time you talk."
    ),
    Rule.HOW_WAS_IT: (
        "You went to a meeting on {day}. If anything about it stayed with you, good or not so good,"
        " you could write it in your journal, or bring it along the next time you see your keyworker."
    ),
    Rule.HANDED_OVER: (
        "From now on you have another keyworker. They know what you have planned, and it stays as it is."
    ),
}


@states("A message names neither organisation nor service nor reason.", source="O", effect="keeps", because="privacy")
@states("A message never shames and never asks for an answer.", source="O", effect="keeps")
def words(rule: Rule, start: datetime, reader: Reader) -> Words:
    """For one reader, with day and hour of `start` on their own clock."""
    texts = _NAMED if reader.service else _NEUTRAL
    local = start.astimezone(zone(reader.time_zone))
    text = texts[rule].format(day=_day(local), hour=_hour(local))
    return Words(_SUBJECT, "\n\n".join([f"Hello {reader.name},", text, _goodbye(reader)]) + "\n")


def _goodbye(reader: Reader) -> str:
    sender = f"From {reader.service}. " if reader.service else ""
    return f"{sender}There is nothing you need to do, and no answer is expected."


def _day(local: datetime) -> str:
    return f"{local:%A} {local.day} {local:%B}"


def _hour(local: datetime) -> str:
    """As the NHS writes times: 7pm, 7:30pm, midday, midnight."""
    if (local.hour, local.minute) in ((0, 0), (12, 0)):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"

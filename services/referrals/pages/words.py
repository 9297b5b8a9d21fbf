"""Codes as keyworkers say them (3-fama, *Words*). What is not listed is its code with spaces."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from services.referrals.domain import meeting_changes
from services.referrals.domain.titles import ENDING_TITLES, FLAG_TITLES, GOAL_TITLES
from services.referrals.domain.vocabulary import EndingKind, FlagCode, GoalKind
from services.referrals.handlers.glass import AccessShown
from shared.meetings import ORGANISATIONS
from shared.meetings.zones import zone

NOTICES = {
    "opened": "The referral is open.",
    "session": "The session is saved.",
    "discarded": "What was kept of the session is gone.",
    "goal": "The goal is saved.",
    "committed": "The meeting is planned.",
    "withdrawn": "The meeting is no longer planned.",
    "word": "It is noted. What it means for goals shows here in a moment.",
    "ended": "The pathway has ended. It can be opened again at any time.",
    "died": "It is noted that the client has died. Everything that was planned has stopped.",
    "reopened": "The pathway is open again.",
    "identity": "Name, date of birth and NHS number are saved.",
    "circumstances": "The circumstances are saved.",
    "consents": "What the client agreed to is saved.",
    "seen": "Put away.",
    "meeting": "What you said about the meeting is saved.",
    "area": "The area is saved.",
    "company": "What you said about somebody to go with is saved.",
    "peer": "The list of peer supporters is saved.",
    "peer-erased": "Everything about them is erased. Keyworkers whose clients counted on them are told.",
    "handed-over": "The client is handed over.",
    "kept-from-you": "You are kept apart from this client. Your team lead sees that they need another keyworker.",
}
_HERE = "Europe/London"
"""Whose clocks staff go by."""
_STAGES = {1: "Introducing mutual aid", 2: "Encouraging the client to engage", 3: "Taking an interest"}
_FOR = {"self": "For themselves", "family": "As family or friend"}
_ABOUT = {"alcohol": "alcohol", "drug": "drugs", "gambling": "gambling", "other": "another behaviour"}
_TO_DO: Mapping[str, str] = {
    "disagreement": "Somebody reported this meeting differently from the client. Nothing changed.",
    "not-heard-from": "Nobody has said how the planned meeting was. Ask when you next speak.",
    "message-undeliverable": "Ring instead, and check the contact details.",
    "wants-to-talk": "Get in touch; they were told that you would see this.",
    "lapse": "Bring the next contact forward. No goal is closed by it.",
    "meeting-changed": "Tell the client before they set out.",
    "meeting-closed": "Tell the client, and look for another together.",
    "meeting-paused": "A team lead has paused it. It is still planned: talk it over with the client.",
    "company-to-arrange": "Ask a peer supporter, or the recovery champion.",
    "company-fell-through": "Tell the client. The meeting is still planned.",
    "tell-the-peer": "Speak to them yourself.",
    "glass-broken": "Their reason is kept.",
    "act-by-hand": "Ring or tell the client in person.",
}
_GOAL_STATES = {"not-achieved": "Not achieved", "paused": "Resting"}
_COMMITMENTS = {
    "planned": "Plans to go",
    "not-heard-yet": "Not heard yet",
    "attended": "Went",
    "not-attended": "Did not go",
    "not-known": "Not known",
    "went-to-another": "Went to another meeting",
    "withdrawn": "No longer planned",
}
_COMPANY = {
    "asked": "asked for, to be arranged",
    "offered": "somebody has been asked and has not answered yet",
    "agreed": "somebody goes along",
    "went": "they went together",
    "fell-through": "whoever was to come cannot",
    "withdrawn": "no longer wanted",
}
_HANDOUTS = {
    1: "What is mutual aid?",
    2: "Why is mutual aid important?",
    3: "Going to meetings",
    4: "Joining a group",
    5: "Problems and solutions",
    6: "Local groups",
    7: "Goal planner",
    8: "Benefits",
    9: "Problems",
    10: "Journal",
}


def plain(code: object) -> str:
    return str(code).replace("-", " ").capitalize()


def stage(number: int | None) -> str:
    return f"Stage {number}: {_STAGES[number]}" if number else "No session yet"


def for_(code: str) -> str:
    return _FOR[code]


def about(for_what: Sequence[str]) -> str:
    """Alcohol and gambling."""
    return joined([_ABOUT[code] for code in for_what]).capitalize()


def joined(names: Sequence[str]) -> str:
    """One, two and three."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def flag(code: FlagCode) -> str:
    return FLAG_TITLES[code]


def changes(codes: Sequence[str]) -> str:
    """Of a meeting, since the client planned to go there."""
    return " ".join(text for code, text in meeting_changes.WORDS.items() if code in codes)


def what_to_do(code: FlagCode) -> str:
    return _TO_DO[code]


def goal(kind: GoalKind, own: str | None = None) -> str:
    """`own`: the client's words, which say it all or stand beside a goal of another kind."""
    if not own:
        return GOAL_TITLES[kind]
    return own if kind == "own-words" else f"{GOAL_TITLES[kind]}: “{own}”"


def goal_state(state: str) -> str:
    return _GOAL_STATES.get(state, plain(state))


def ending(kind: EndingKind) -> str:
    return ENDING_TITLES[kind]


def commitment(state: str) -> str:
    return _COMMITMENTS.get(state, plain(state))


def company(state: str) -> str:
    return _COMPANY.get(state, plain(state))


def handout(number: int) -> str:
    return f"{number} {_HANDOUTS[number]}"


def organisation(code: str) -> str:
    known = ORGANISATIONS.get(code)
    return known.label if known else plain(code)


def day(date_: date) -> str:
    """Tuesday 3 March 2026."""
    return f"{date_:%A} {date_.day} {date_:%B %Y}"


def clock(at: datetime, time_zone: str) -> str:
    """19:30, there."""
    return f"{at.astimezone(zone(time_zone)):%H:%M}"


def when(start: datetime, held_in: str, client_in: str) -> str:
    """By the client's clock; the other one beside it, where the meeting goes by another."""
    said = f"{day_of(start, client_in)}, {clock(start, client_in)}"
    there = clock(start, held_in)
    return said if there == clock(start, client_in) else f"{said} ({there} where it is held)"


def day_of(at: datetime, time_zone: str) -> str:
    return day(at.astimezone(zone(time_zone)).date())


def access(one: AccessShown) -> str:
    """Who looked at a client of another team, from when until when, and why."""
    by = one.by.shown if one.by else one.access.sub
    since, until = (clock(at, _HERE) for at in (one.access.since, one.access.until))
    return f"{by}, {day_of(one.access.since, _HERE)}, {since} to {until}. Reason: “{one.access.reason}”"


GOALS = tuple(GOAL_TITLES)
ENDINGS = tuple(ENDING_TITLES)
HANDOUTS = tuple(_HANDOUTS)

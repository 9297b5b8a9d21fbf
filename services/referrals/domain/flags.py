"""What a keyworker should look at. Disagreement and silence are seen in the state, the rest is raised."""

from datetime import datetime

from services.referrals.domain.commands_flags import SeeFlag
from services.referrals.domain.events import Event
from services.referrals.domain.events_flags import FlagLowered, FlagRaised
from services.referrals.domain.evidence import not_heard_from
from services.referrals.domain.pathway import Attendance, Flag, Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.vocabulary import FlagCode
from services.referrals.domain.when import in_utc


@rule("A flag is raised once and lowered once.", source="O", effect="keeps")
def raise_flag(pathway: Pathway, code: FlagCode, about: str | None, at: datetime) -> list[Event]:
    """Once: nothing when it is up already."""
    return [] if _is_up(pathway, code, about) else [FlagRaised(at=in_utc(at), code=code, about=about)]


@rule("Who has talked since is not flagged for having wanted to.", source="O", effect="keeps")
def asked_to_talk(pathway: Pathway, at: datetime) -> list[Event]:
    """The client would like to talk something over; late news of it is no news when a session was held since."""
    if any(session.held_at > in_utc(at) for session in pathway.sessions):
        return []
    return raise_flag(pathway, "wants-to-talk", None, at)


def lower_flag(pathway: Pathway, code: FlagCode, about: str | None, at: datetime) -> list[Event]:
    return [FlagLowered(at=in_utc(at), code=code, about=about)] if _is_up(pathway, code, about) else []


ANSWERED_ONLY: frozenset[FlagCode] = frozenset({"company-to-arrange"})
"""Not put away by having been looked at."""


@rule("That somebody is wanted stays until it is answered.", source="O", effect="keeps")
@rule("A flag is put away once.", source="O", effect="keeps")
def see_flag(pathway: Pathway, command: SeeFlag) -> list[Event]:
    """[O] Whoever has looked at it puts it away, twice is once. Silence and disagreement are in the state and stay.

    That somebody to go with is wanted is to be answered: it stays until somebody has agreed, or nobody is wanted.
    """
    if command.code in ANSWERED_ONLY or not _is_up(pathway, command.code, command.about):
        return []
    return [FlagLowered(at=in_utc(command.at), commanded=True, code=command.code, about=command.about)]


_AFTER_DEATH: frozenset[FlagCode] = frozenset({"tell-the-peer", "glass-broken"})
"""What others are owed: whoever was to come along, and the client's privacy."""
_AFTER_ENDING: frozenset[FlagCode] = _AFTER_DEATH | {"wants-to-talk", "disagreement"}
"""And what the client was told that somebody would see, and what is uncertain of what was before."""


@rule("A disagreement is one flag and leaves the goal untouched.", source="O", effect="keeps")
def flags_shown(pathway: Pathway, now: datetime) -> list[Flag]:
    """Those raised, one per occurrence that sources disagree on, and one per commitment not heard of for ten days."""
    disagreements = [
        Flag(code="disagreement", since=attendance.disagreement_since, about=_about(pathway, attendance))
        for attendance in pathway.attendance
        if attendance.disagreement_since
    ]
    silences = [
        Flag(code="not-heard-from", since=silent.since, about=str(silent.commitment_id))
        for silent in not_heard_from(pathway, now)
    ]
    raised = [flag for flag in pathway.flags if not _is_over(pathway, flag, now)]
    return [flag for flag in (*raised, *disagreements, *silences) if _makes_sense(pathway, flag)]


@rule("After a death only telling the peer and a broken glass are left to look at.", source="O", effect="keeps")
@rule("After an ending no next contact is brought forward, until it is reopened.", source="O", effect="keeps")
def _makes_sense(pathway: Pathway, flag: Flag) -> bool:
    """Nothing is lowered by an ending: reopened, the pathway shows again what was left to look at."""
    if pathway.state == "open":
        return True
    return flag.code in (_AFTER_DEATH if pathway.ending == "died" else _AFTER_ENDING)


def flags_waiting(pathway: Pathway, now: datetime) -> list[Flag]:
    """Those that somebody waits for; after an ending a disagreement is no more than known."""
    return [flag for flag in flags_shown(pathway, now) if pathway.state == "open" or flag.code != "disagreement"]


def _is_over(pathway: Pathway, flag: Flag, now: datetime) -> bool:
    """Nobody is looked for any more who would go along to a meeting that has begun."""
    began = [str(made.commitment_id) for made in pathway.commitments if made.start <= in_utc(now)]
    return flag.code == "company-to-arrange" and flag.about in began


def _about(pathway: Pathway, attendance: Attendance) -> str:
    """The commitment, or the meeting when nobody had committed to it."""
    made = [made.commitment_id for made in pathway.commitments if made.occurred == attendance.occurred]
    return str(made[-1] if made else attendance.meeting_id)


def _is_up(pathway: Pathway, code: FlagCode, about: str | None) -> bool:
    return any((flag.code, flag.about) == (code, about) for flag in pathway.flags)

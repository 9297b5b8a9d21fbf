"""An event in a sentence, as a colleague would say it. Own words of the client and who said what stand elsewhere."""

from datetime import date as Day

from services.referrals.domain.events import Event
from services.referrals.domain.events_attendance import AttendanceNoted
from services.referrals.domain.events_client import ClientChanged
from services.referrals.domain.events_commitments import CommitmentMade, CommitmentOutcomeNoted, CommitmentWithdrawn
from services.referrals.domain.events_company import CompanyDeclined, OfCompany
from services.referrals.domain.events_flags import FlagLowered, FlagRaised
from services.referrals.domain.events_goals import (
    GoalAchieved,
    GoalDropped,
    GoalNotAchieved,
    GoalPaused,
    GoalProposed,
    GoalResumed,
)
from services.referrals.domain.events_opening import HandedOver, ReferralEnded
from services.referrals.domain.events_sessions import SessionCorrected, SessionHeld
from services.referrals.domain.kinds_of_group import called
from services.referrals.domain.pathway import Session
from services.referrals.domain.titles import ENDING_TITLES, FLAG_TITLES, GOAL_TITLES
from services.referrals.domain.upcasting import NAMES
from services.referrals.domain.vocabulary import GoalKind

OF_GOALS = (GoalProposed, GoalAchieved, GoalNotAchieved, GoalDropped, GoalPaused, GoalResumed)
_BY_NAME = {
    "referral-reopened": "Opened again",
    "records-consent-given": "Agreed that goals are shown to other health records",
    "records-consent-withdrawn": "No longer agrees that goals are shown to other health records",
    "circumstances-set": "Circumstances noted",
    "goal-proposed": "Goal suggested",
    "goal-paused": "Goal rests",
    "goal-resumed": "Goal taken up again",
    "company-asked": "Would like somebody to go with",
    "company-offered": "A peer supporter was asked to come along",
    "company-agreed": "A peer supporter comes along",
    "company-went": "They went together",
    "company-fell-through": "Whoever was to come along cannot, or did not",
    "company-withdrawn": "Nobody to go with is wanted any more",
}
_CHANGED = {
    "consents": "What the client agrees to was changed",
    "identity": "Name, date of birth or NHS number put right",
    "card": "A new attendance card was made",
}
_OUTCOMES = {
    "attended": "went",
    "not-attended": "did not go",
    "not-known": "not known",
    "went-to-another": "went to another meeting",
}


def of_goal(event: Event, kind: GoalKind | None) -> str:
    """`kind`: what the goal is; None where the beginning of the story is not told."""
    about = f": {GOAL_TITLES[kind]}" if kind else ""
    ending = isinstance(event, GoalDropped) and event.because == "ending"
    return f"{_named(event)}{about}{', as the pathway ended' if ending else ''}"


def in_a_sentence(event: Event) -> str:
    """Of all that is no goal."""
    match event:
        case SessionHeld(session=session):
            words = f"Stage {session.stage} session held{_noted(session)}"
        case SessionCorrected(session=session):
            words = f"Record of the stage {session.stage} session corrected"
        case ReferralEnded(kind=kind):
            words = f"Ended: {ENDING_TITLES[kind]}"
        case HandedOver():
            words = f"Handed over to another {'keyworker' if event.team == event.team_before else 'team'}"
        case ClientChanged(what=what):
            words = _CHANGED[what]
        case FlagRaised(code=code):
            words = f"To look at: {FLAG_TITLES[code]}"
        case FlagLowered(code=code):
            words = f"Settled: {FLAG_TITLES[code]}"
        case CompanyDeclined(because="taken-back"):
            words = "The peer supporter who was asked is not needed"
        case CompanyDeclined():
            words = "The peer supporter who was asked cannot come"
        case OfCompany():
            words = _named(event)
        case _:
            words = _of_meeting(event)
    return words


def _of_meeting(event: Event) -> str:
    match event:
        case CommitmentMade(date=date, organisation=organisation):
            words = f"Plans to go to a {_meeting(organisation)} on {_day(date)}"
        case CommitmentWithdrawn(because="ending"):
            words = "Meeting no longer planned, as the pathway ended"
        case CommitmentWithdrawn():
            words = "Meeting no longer planned"
        case CommitmentOutcomeNoted(outcome="planned"):
            words = "No word about the planned meeting any more"
        case CommitmentOutcomeNoted(outcome=outcome):
            words = f"Planned meeting: {_outcome(outcome)}"
        case AttendanceNoted(outcome=outcome, date=date, organisation=organisation, said=reported):
            other = f"; somebody else reported: {_outcome(reported)}" if reported not in (None, outcome) else ""
            words = f"The {_meeting(organisation)} on {_day(date)}: {_outcome(outcome)}{other}"
        case _:
            words = _named(event)
    return words


def _noted(session: Session) -> str:
    """Beside its date and stage, in a few words: which hand-outs, and a lapse."""
    numbers = sorted({handout.number for handout in session.handouts})
    told = [f"hand-outs {', '.join(map(str, numbers))}"] if numbers else []
    if session.lapse_on:
        told.append(f"a lapse on {_day(session.lapse_on)}")
    return "".join(f", {each}" for each in told)


def _meeting(organisation: str | None) -> str:
    return f"meeting of {called(organisation)}" if organisation else "meeting"


def _day(day: Day) -> str:
    return f"{day.day} {day:%B %Y}"


def _outcome(code: str | None) -> str:
    return _OUTCOMES.get(str(code), _plain(str(code)))


def _named(event: Event) -> str:
    name = NAMES[type(event)]
    return _BY_NAME.get(name, _plain(name).capitalize())


def _plain(code: str) -> str:
    return code.replace("-", " ")

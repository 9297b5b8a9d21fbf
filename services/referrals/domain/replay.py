"""The state is what the events add up to. Nothing is decided here: an event has happened and is taken as it is."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from services.referrals.domain import events as said
from services.referrals.domain import events_company as with_whom
from services.referrals.domain.accompanying import Company
from services.referrals.domain.events import Event
from services.referrals.domain.ids import CommitmentId, GoalId
from services.referrals.domain.pathway import Attendance, Commitment, Flag, Goal, Occurred, Pathway, Session

Changes = dict[str, Any]


def replay(events: Iterable[Event], pathway: Pathway | None = None) -> Pathway:
    """ValueError when there is nothing to begin with."""
    for event in events:
        pathway = evolve(pathway, event)
    if pathway is None:
        raise ValueError("A pathway begins with its opening.")
    return pathway


def evolve(pathway: Pathway | None, event: Event) -> Pathway:
    if isinstance(event, said.ReferralOpened):
        return _opened(event)
    if pathway is None:
        raise ValueError(f"A pathway begins with its opening, not with {type(event).__name__}.")
    changes = _STEPS[type(event)](pathway, event)
    changes["version"] = pathway.version + 1
    changes["commands_version"] = pathway.commands_version + event.commanded
    return _changed(pathway, changes)


def _changed(pathway: Pathway, changes: Changes) -> Pathway:
    # `dataclasses.replace` takes 9 µs for it, a third of what an attendance event costs here; this takes 1.
    changed = object.__new__(Pathway)
    vars(changed).update(vars(pathway) | changes)
    return changed


def _opened(event: said.ReferralOpened) -> Pathway:
    return Pathway(
        referral_id=event.referral_id,
        client_id=event.client_id,
        provider=event.provider,
        team=event.team,
        for_=event.for_,
        for_what=event.for_what,
        time_zone=event.time_zone,
        opened_at=event.at,
        opened_on=event.opened_on,
        carried_over=event.carried_over,
        earlier=event.earlier,
        fitted_before=event.fitted_before,
        did_not_fit_before=event.did_not_fit_before,
        keyworker=event.keyworker,
        version=1,
        commands_version=1,
    )


def _ended(_: Pathway, event: said.ReferralEnded) -> Changes:
    return {"state": "ended", "ending": event.kind, "ended_at": event.at}


def _reopened(pathway: Pathway, _: said.ReferralReopened) -> Changes:
    return {
        "state": "open",
        "ending": None,
        "ended_at": None,
        "attendance": tuple(a if a.credited else replace(a, credited=True) for a in pathway.attendance),
        "goals": tuple(replace(g, stopped_by_ending=False) if g.stopped_by_ending else g for g in pathway.goals),
    }


def _handed_over(_: Pathway, event: said.HandedOver) -> Changes:
    return {"keyworker": event.keyworker, "team": event.team}


def _consent_given(_: Pathway, __: said.RecordsConsentGiven) -> Changes:
    return {"records": True}


def _consent_withdrawn(_: Pathway, __: said.RecordsConsentWithdrawn) -> Changes:
    return {"records": False}


def _client_changed(_: Pathway, __: said.ClientChanged) -> Changes:
    return {}


def _circumstances_set(_: Pathway, event: said.CircumstancesSet) -> Changes:
    return {"circumstances": event.circumstances}


def _session_held(pathway: Pathway, event: said.SessionHeld) -> Changes:
    return {"sessions": (*pathway.sessions, event.session)}


def _session_corrected(pathway: Pathway, event: said.SessionCorrected) -> Changes:
    def corrected(session: Session) -> Session:
        return event.session if session.session_id == event.session.session_id else session

    return {"sessions": tuple(map(corrected, pathway.sessions))}


def _commitment_made(pathway: Pathway, event: said.CommitmentMade) -> Changes:
    made = Commitment(
        commitment_id=event.commitment_id,
        meeting_id=event.meeting_id,
        date=event.date,
        start=event.start,
        end=event.end,
        time_zone=event.time_zone,
        made_at=event.at,
        made_on=event.made_on,
        accompanied=event.accompanied,
        organisation=event.organisation,
        override_reason=event.override_reason,
    )
    return {"commitments": (*pathway.commitments, made)}


def _commitment_withdrawn(pathway: Pathway, event: said.CommitmentWithdrawn) -> Changes:
    return _with_commitment(pathway, event.commitment_id, lambda made: replace(made, state="withdrawn"))


def _outcome_noted(pathway: Pathway, event: said.CommitmentOutcomeNoted) -> Changes:
    def noted(made: Commitment) -> Commitment:
        return replace(made, state=event.outcome, disagreement=event.disagreement)

    return _with_commitment(pathway, event.commitment_id, noted)


def _attendance_noted(pathway: Pathway, event: said.AttendanceNoted) -> Changes:
    before = pathway.attendance_at(Occurred(event.meeting_id, event.date))
    since = before.disagreement_since if before else None
    stands = Attendance(
        meeting_id=event.meeting_id,
        date=event.date,
        start=event.start,
        outcome=event.outcome,
        decided_by=event.decided_by,
        observed_at=event.at,
        disagreement_since=(since or event.recorded_at) if event.disagreement else None,
        credited=event.credited,
        organisation=event.organisation,
        fact_ids=(*(before.fact_ids if before else ()), event.fact_id),
    )
    if before is None:
        return {"attendance": (*pathway.attendance, stands)}
    return {"attendance": tuple(stands if a is before else a for a in pathway.attendance)}


def _word_taken(pathway: Pathway, event: said.WordTaken) -> Changes:
    told = event.word
    others = [word for word in pathway.words if (word.occurred, word.by) != (told.occurred, told.by)]
    return {"words": (*others, told)}


def _goal_proposed(pathway: Pathway, event: said.GoalProposed) -> Changes:
    return {"goals": (*pathway.goals, _goal(event))}


def _goal_agreed(pathway: Pathway, event: said.GoalAgreed) -> Changes:
    agreed = replace(_goal(event), state="agreed", agreed_on=event.agreed_on)
    if pathway.goal(event.goal_id) is None:
        return {"goals": (*pathway.goals, agreed)}
    return {"goals": tuple(agreed if goal.goal_id == event.goal_id else goal for goal in pathway.goals)}


def _goal_achieved(pathway: Pathway, event: said.GoalAchieved) -> Changes:
    return _with_goal(
        pathway,
        event.goal_id,
        lambda goal: replace(goal, since=event.at, state="achieved", achieved_by=event.by, stopped_by_ending=False),
    )


def _goal_not_achieved(pathway: Pathway, event: said.GoalNotAchieved) -> Changes:
    return _with_goal(
        pathway,
        event.goal_id,
        lambda goal: replace(goal, since=event.at, state="not-achieved", stopped_by_ending=False),
    )


def _goal_dropped(pathway: Pathway, event: said.GoalDropped) -> Changes:
    return _with_goal(
        pathway,
        event.goal_id,
        lambda goal: replace(goal, since=event.at, state="dropped", stopped_by_ending=event.because == "ending"),
    )


def _goal_paused(pathway: Pathway, event: said.GoalPaused) -> Changes:
    return _with_goal(
        pathway, event.goal_id, lambda goal: replace(goal, since=event.at, state="paused", stopped_by_ending=True)
    )


def _goal_resumed(pathway: Pathway, event: said.GoalResumed) -> Changes:
    return _with_goal(
        pathway,
        event.goal_id,
        lambda goal: replace(goal, since=event.at, state="agreed", achieved_by=None, stopped_by_ending=False),
    )


def _flag_raised(pathway: Pathway, event: said.FlagRaised) -> Changes:
    return {"flags": (*pathway.flags, Flag(code=event.code, since=event.at, about=event.about, what=event.what))}


def _flag_lowered(pathway: Pathway, event: said.FlagLowered) -> Changes:
    return {"flags": tuple(f for f in pathway.flags if (f.code, f.about) != (event.code, event.about))}


def _company_asked(pathway: Pathway, event: with_whom.CompanyAsked) -> Changes:
    asked = Company(
        company_id=event.company_id,
        commitment_id=event.commitment_id,
        state="asked",
        since=event.at,
        wish=event.wish,
    )
    return {"company": (*pathway.company, asked)}


def _company_offered(pathway: Pathway, event: with_whom.CompanyOffered) -> Changes:
    return _with_company(pathway, event, lambda it: replace(it, state="offered", peer_id=event.peer_id))


def _company_declined(pathway: Pathway, event: with_whom.CompanyDeclined) -> Changes:
    def declined(it: Company) -> Company:
        return replace(it, state="asked", peer_id=None, declined=(*it.declined, event.peer_id))

    return _with_company(pathway, event, declined)


def _company_agreed(pathway: Pathway, event: with_whom.CompanyAgreed) -> Changes:
    changes = _with_company(pathway, event, lambda it: replace(it, state="agreed", peer_id=event.peer_id))
    return changes | _accompanied(pathway, event.commitment_id, True)


def _company_went(pathway: Pathway, event: with_whom.CompanyWent) -> Changes:
    changes = _with_company(pathway, event, lambda it: replace(it, state="went"))
    return changes | _accompanied(pathway, event.commitment_id, True)


def _company_fell_through(pathway: Pathway, event: with_whom.CompanyFellThrough) -> Changes:
    changes = _with_company(pathway, event, lambda it: replace(it, state="fell-through"))
    return changes | _accompanied(pathway, event.commitment_id, False)


def _company_withdrawn(pathway: Pathway, event: with_whom.CompanyWithdrawn) -> Changes:
    changes = _with_company(pathway, event, lambda it: replace(it, state="withdrawn"))
    return changes | _accompanied(pathway, event.commitment_id, False)


def _with_company(pathway: Pathway, event: with_whom.OfCompany, change: Callable[[Company], Company]) -> Changes:
    def changed(it: Company) -> Company:
        return replace(change(it), since=event.at) if it.company_id == event.company_id else it

    return {"company": tuple(map(changed, pathway.company))}


def _accompanied(pathway: Pathway, commitment_id: CommitmentId, accompanied: bool) -> Changes:
    return _with_commitment(pathway, commitment_id, lambda made: replace(made, accompanied=accompanied))


def _goal(event: said.GoalProposed) -> Goal:
    return Goal(
        goal_id=event.goal_id,
        kind=event.kind,
        state="proposed",
        since=event.at,
        due=event.due,
        words=event.words,
        session_id=event.session_id,
    )


def _with_goal(pathway: Pathway, goal_id: GoalId, change: Callable[[Goal], Goal]) -> Changes:
    return {"goals": tuple(change(goal) if goal.goal_id == goal_id else goal for goal in pathway.goals)}


def _with_commitment(
    pathway: Pathway, commitment_id: CommitmentId, change: Callable[[Commitment], Commitment]
) -> Changes:
    return {
        "commitments": tuple(
            change(made) if made.commitment_id == commitment_id else made for made in pathway.commitments
        )
    }


_STEPS: dict[type[Event], Callable[[Pathway, Any], Changes]] = {
    said.ReferralEnded: _ended,
    said.ReferralReopened: _reopened,
    said.HandedOver: _handed_over,
    said.RecordsConsentGiven: _consent_given,
    said.RecordsConsentWithdrawn: _consent_withdrawn,
    said.ClientChanged: _client_changed,
    said.CircumstancesSet: _circumstances_set,
    said.SessionHeld: _session_held,
    said.SessionCorrected: _session_corrected,
    said.CommitmentMade: _commitment_made,
    said.CommitmentWithdrawn: _commitment_withdrawn,
    said.CommitmentOutcomeNoted: _outcome_noted,
    said.AttendanceNoted: _attendance_noted,
    said.WordTaken: _word_taken,
    said.GoalProposed: _goal_proposed,
    said.GoalAgreed: _goal_agreed,
    said.GoalAchieved: _goal_achieved,
    said.GoalNotAchieved: _goal_not_achieved,
    said.GoalDropped: _goal_dropped,
    said.GoalPaused: _goal_paused,
    said.GoalResumed: _goal_resumed,
    said.FlagRaised: _flag_raised,
    said.FlagLowered: _flag_lowered,
    with_whom.CompanyAsked: _company_asked,
    with_whom.CompanyOffered: _company_offered,
    with_whom.CompanyDeclined: _company_declined,
    with_whom.CompanyAgreed: _company_agreed,
    with_whom.CompanyWent: _company_went,
    with_whom.CompanyFellThrough: _company_fell_through,
    with_whom.CompanyWithdrawn: _company_withdrawn,
}

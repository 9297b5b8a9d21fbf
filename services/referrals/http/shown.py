"""A referral as it is shown to its keyworker: the state, and what follows from it today."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from pydantic.alias_generators import to_camel

from services.referrals.domain.answers import Caution
from services.referrals.domain.case import Case, Decided
from services.referrals.domain.clients import Client
from services.referrals.domain.events_commitments import CommitmentMade
from services.referrals.domain.events_goals import GoalAgreed, GoalProposed
from services.referrals.domain.events_sessions import SessionCorrected, SessionHeld
from services.referrals.domain.evidence import shown_state
from services.referrals.domain.experience import experience_shown
from services.referrals.domain.fitting import did_not_fit, fitted
from services.referrals.domain.flags import flags_shown
from services.referrals.domain.heard import who_said_what
from services.referrals.domain.history import history
from services.referrals.domain.meeting_changes import WORDS, is_ahead, standing
from services.referrals.domain.needs import needs_now
from services.referrals.domain.pathway import Commitment, Flag, Goal, Pathway
from services.referrals.domain.stages import suggest_next
from services.referrals.domain.suggestions import suggestions
from services.referrals.domain.taking_part import takes_part
from services.referrals.http.shown_heard import evidence_of, heard_of
from services.referrals.http.shown_session import (
    Json,
    experience_json,
    part_json,
    present,
    session_json,
    taking_part_json,
)
from shared.meetings import Meeting
from shared.meetings.zones import zone


def referral(
    pathway: Pathway,
    client: Client,
    decided: Sequence[Decided],
    now: datetime,
    meetings: Mapping[UUID, Meeting] | None = None,
) -> Json:
    """Own words included: only ever for those behind the walls. `meetings`: as the directory has them."""
    ordered = pathway.sessions_by_date
    heard = who_said_what([event for decision in decided for event in decision.events], pathway)
    return {
        "referralId": pathway.referral_id,
        "clientId": pathway.client_id,
        "for": pathway.for_,
        "forWhat": pathway.for_what,
        "provider": pathway.provider,
        "team": pathway.team,
        "keyworker": pathway.keyworker,
        "timeZone": pathway.time_zone,
        "openedAt": pathway.opened_at,
        "state": pathway.state,
        "ending": pathway.ending and {"kind": pathway.ending, "at": pathway.ended_at},
        "stage": pathway.stage,
        "suggestedNext": suggested(pathway),
        "consents": _consents(pathway, client),
        "sessions": [session_json(session) for session in ordered],
        "handouts": [
            {**present(handout, "number", "state", "date", "format", "language"), "sessionId": session.session_id}
            for session in ordered
            for handout in session.handouts
        ],
        "experience": [experience_json(item) for item in experience_shown(pathway)],
        "circumstances": circumstances(pathway),
        "concerns": [
            {"code": code, "at": session.held_at, "sessionId": session.session_id}
            for session in ordered
            for code in session.concerns
        ],
        "needs": part_json(needs) if (needs := needs_now(pathway)) else None,
        "takingPart": [taking_part_json(one) for one in takes_part(pathway)],
        "didNotFit": [part_json(word) for word in did_not_fit(pathway)],
        "fitted": fitted(pathway),
        "suggestions": [{"code": one.code, "words": one.words} for one in suggestions(pathway, now)],
        "goals": [_goal(goal) for goal in pathway.goals],
        "commitments": [
            _commitment(made, now)
            | {"heard": heard_of(made.occurred, heard)}
            | _in_the_directory(made, (meetings or {}).get(made.meeting_id), now)
            for made in pathway.commitments
        ],
        "attendance": evidence_of(pathway, heard, now),
        **flags(pathway, now),
        "earlier": [{"referralId": earlier, "href": f"/api/referrals/{earlier}"} for earlier in pathway.earlier],
        "history": _history(decided),
    }


def _consents(pathway: Pathway, client: Client) -> Json:
    """Of a return on treatment nothing is said to family and friends."""
    shown: Json = {"records": pathway.records, "peers": client.peers, "emitters": client.emitters}
    return shown if pathway.for_ == "family" else {**shown, "treatmentReturn": client.treatment_return}


def flags(pathway: Pathway, now: datetime) -> Json:
    return {"flags": [_flag(flag) for flag in flags_shown(pathway, now)]}


def suggested(pathway: Pathway) -> Json | None:
    suggestion = suggest_next(pathway)
    return {"stage": suggestion.stage, "why": suggestion.why} if suggestion else None


def state(pathway: Pathway) -> Json:
    ending = pathway.ending and {"kind": pathway.ending, "at": pathway.ended_at}
    return {"referralId": pathway.referral_id, "state": pathway.state, "ending": ending}


def circumstances(pathway: Pathway) -> Json:
    """What is so and known."""
    return {to_camel(name): value for name, value in asdict(pathway.circumstances).items() if value}


def session_held(case: Case, session_id: UUID) -> Json:
    cautions = [
        caution
        for event in case.happened
        if isinstance(event, SessionHeld | SessionCorrected | GoalAgreed)
        for caution in event.cautions
    ]
    return {"sessionId": session_id, "suggestedNext": suggested(case.pathway), "warnings": warnings(cautions)}


def goal(case: Case, goal_id: UUID) -> Json:
    cautions = [caution for event in case.happened if isinstance(event, GoalProposed) for caution in event.cautions]
    found = next(goal for goal in case.pathway.goals if goal.goal_id == goal_id)
    return {**_goal(found), "warnings": warnings(cautions)}


def commitment(pathway: Pathway, commitment_id: UUID, now: datetime) -> Json:
    return next(_commitment(made, now) for made in pathway.commitments if made.commitment_id == commitment_id)


def commitment_made(case: Case) -> Json:
    """The answer to a commitment: dated, with what is worth a thought."""
    event = next(event for event in case.happened if isinstance(event, CommitmentMade))
    own = zone(event.time_zone)
    return {
        "commitmentId": event.commitment_id,
        "goalId": event.goal_id,
        "meetingId": event.meeting_id,
        "date": event.date,
        "start": event.start.astimezone(own),
        "end": event.end.astimezone(own),
        "timeZone": event.time_zone,
        "warnings": warnings(event.cautions),
        "suggestedNext": suggested(case.pathway),
    }


def warnings(cautions: Sequence[Caution]) -> list[Json]:
    return [{"code": caution.code, "reason": caution.reason} for caution in cautions]


def _goal(goal: Goal) -> Json:
    return {"goalId": goal.goal_id, **present(goal, "kind", "state", "since", "due", "words")}


def _commitment(made: Commitment, now: datetime) -> Json:
    own = zone(made.time_zone)
    return {
        "commitmentId": made.commitment_id,
        "meetingId": made.meeting_id,
        "date": made.date,
        "start": made.start.astimezone(own),
        "end": made.end.astimezone(own),
        "timeZone": made.time_zone,
        "madeAt": made.made_at,
        "state": shown_state(made, now),
        "disagreement": made.disagreement,
        "accompanied": made.accompanied,
    }


def _in_the_directory(made: Commitment, meeting: Meeting | None, now: datetime) -> Json:
    """Whether the meeting still takes place as it was planned; nothing of what is over or settled."""
    return {"meetingNow": standing(made, meeting)} if meeting and is_ahead(made, now) else {}


def _flag(flag: Flag) -> Json:
    said: Json = {"code": flag.code, "since": flag.since, "about": flag.about}
    return said | {"what": [{"code": code, "text": WORDS[code]} for code in flag.what]} if flag.what else said


def _history(decided: Sequence[Decided]) -> list[Json]:
    lines = history(event for decision in decided for event in decision.events)
    return [{"at": line.at, "what": line.what, "words": line.words, "about": line.about} for line in lines]

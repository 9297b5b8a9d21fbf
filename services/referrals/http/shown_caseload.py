"""A list of clients as it is shown: where they are, what is planned, what is to be looked at. No own words."""

from datetime import datetime

from services.referrals.domain.identity import ClientIdentity
from services.referrals.domain.meeting_changes import is_ahead
from services.referrals.domain.staff import Colleague
from services.referrals.handlers.caseload import OfCaseload
from services.referrals.http import shown
from services.referrals.http.shown_session import Json


def case_json(one: OfCaseload, now: datetime) -> Json:
    pathway, latest = one.pathway, one.pathway.latest_session
    ahead = sorted((made for made in pathway.commitments if is_ahead(made, now)), key=lambda made: made.start)
    return {
        "referralId": pathway.referral_id,
        "clientId": pathway.client_id,
        "name": one.identity.name,
        "for": pathway.for_,
        "team": pathway.team,
        "keyworker": keyworker_json(pathway.keyworker, one.keyworker),
        "openedAt": pathway.opened_at,
        "state": pathway.state,
        "stage": pathway.stage,
        "suggestedNext": shown.suggested(pathway),
        "lastSessionAt": latest and latest.held_at,
        "planned": [shown.commitment(pathway, made.commitment_id, now) for made in ahead],
        **shown.flags(pathway, now),
    }


def identity_json(who: ClientIdentity) -> Json:
    return {"name": who.name, "birthDate": who.birth_date, "nhsNumber": who.nhs_number}


def keyworker_json(sub: str | None, known: Colleague | None) -> Json | None:
    """None: nobody's yet."""
    return {"sub": sub, "name": known.shown if known else sub} if sub else None


def colleague_json(one: Colleague) -> Json:
    return {"sub": one.sub, "name": one.shown, "team": one.team, "roles": one.roles}

"""In whose hands a client is, as it is shown."""

from datetime import datetime

from services.referrals.domain.accompanying import Company
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.glass import AccessShown
from services.referrals.handlers.handing_over import HandedOn
from services.referrals.handlers.searching import Hit, Hits
from services.referrals.http import shown
from services.referrals.http.shown_caseload import identity_json, keyworker_json
from services.referrals.http.shown_session import Json


def handed(on: HandedOn, now: datetime) -> Json:
    """`goesAlong`: nothing of it has to be copied."""
    due = [shown.commitment(on.pathway, made.commitment_id, now) for made in on.along.commitments]
    company = [_company(each) for each in on.along.company]
    along = {"commitments": due, "company": company, **shown.flags(on.pathway, now)}
    return {"keyworker": on.pathway.keyworker, "team": on.pathway.team, "goesAlong": along}


def _company(company: Company) -> Json:
    return {"companyId": company.company_id, "commitmentId": company.commitment_id, "state": company.state}


def hits(found: Hits) -> Json:
    return {"complete": found.complete, "clients": [_hit(one) for one in found.hits]}


def _hit(one: Hit) -> Json:
    if one.identity is None:
        return {"clientId": one.client_id, "inCareOf": "another-team"}
    return {"clientId": one.client_id, **identity_json(one.identity), "referrals": [_pathway(p) for p in one.pathways]}


def _pathway(pathway: Pathway) -> Json:
    return {
        "referralId": pathway.referral_id,
        "for": pathway.for_,
        "state": pathway.state,
        "team": pathway.team,
        "keyworker": pathway.keyworker,
        "openedAt": pathway.opened_at,
    }


def access(one: AccessShown, now: datetime) -> Json:
    return {
        "clientId": one.access.client_id,
        "name": one.client,
        "by": keyworker_json(one.access.sub, one.by),
        "team": one.by and one.by.team,
        "reason": one.access.reason,
        "since": one.access.since,
        "until": one.access.until,
        "over": one.access.until <= now,
    }

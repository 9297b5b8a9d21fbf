"""The pathway as its opening, endings and handovers left it."""

from dataclasses import replace

from services.referrals.domain.events_opening import HandedOver, ReferralEnded, ReferralOpened, ReferralReopened
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.replay_changes import Changes, Steps


def opened(event: ReferralOpened) -> Pathway:
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


def _ended(_: Pathway, event: ReferralEnded) -> Changes:
    return {"state": "ended", "ending": event.kind, "ended_at": event.at}


def _reopened(pathway: Pathway, _: ReferralReopened) -> Changes:
    return {
        "state": "open",
        "ending": None,
        "ended_at": None,
        "attendance": tuple(a if a.credited else replace(a, credited=True) for a in pathway.attendance),
        "goals": tuple(replace(g, stopped_by_ending=False) if g.stopped_by_ending else g for g in pathway.goals),
    }


def _handed_over(_: Pathway, event: HandedOver) -> Changes:
    return {"keyworker": event.keyworker, "team": event.team}


STEPS: Steps = {
    ReferralEnded: _ended,
    ReferralReopened: _reopened,
    HandedOver: _handed_over,
}

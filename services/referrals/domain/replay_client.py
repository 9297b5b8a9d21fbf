"""The pathway with what is so about the client."""

from services.referrals.domain.events_client import (
    CircumstancesSet,
    ClientChanged,
    RecordsConsentGiven,
    RecordsConsentWithdrawn,
)
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.replay_changes import Changes, Steps


def _consent_given(_: Pathway, __: RecordsConsentGiven) -> Changes:
    return {"records": True}


def _consent_withdrawn(_: Pathway, __: RecordsConsentWithdrawn) -> Changes:
    return {"records": False}


def _client_changed(_: Pathway, __: ClientChanged) -> Changes:
    return {}


def _circumstances_set(_: Pathway, event: CircumstancesSet) -> Changes:
    return {"circumstances": event.circumstances}


STEPS: Steps = {
    RecordsConsentGiven: _consent_given,
    RecordsConsentWithdrawn: _consent_withdrawn,
    ClientChanged: _client_changed,
    CircumstancesSet: _circumstances_set,
}

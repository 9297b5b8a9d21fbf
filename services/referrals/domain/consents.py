"""Whether the client agreed that the pathway is shown to record systems. The other consents are the client's own."""

from services.referrals.domain.commands_client import NoteClientChanged, SetRecordsConsent
from services.referrals.domain.events import Event
from services.referrals.domain.events_client import ClientChanged, RecordsConsentGiven, RecordsConsentWithdrawn
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.when import in_utc


@rule("Consent to records is given and withdrawn also after the ending.", source="O", effect="keeps", because="privacy")
def set_records_consent(pathway: Pathway, command: SetRecordsConsent) -> list[Event]:
    """Never refused, also after an ending: a withdrawal hides at once. Nothing when it is so already."""
    if command.records == pathway.records:
        return []
    said = RecordsConsentGiven if command.records else RecordsConsentWithdrawn
    return [said(at=in_utc(command.at), commanded=True)]


def note_client_changed(pathway: Pathway, command: NoteClientChanged) -> list[Event]:
    """On each of the client's pathways, so that a page read before it is stale on all of them."""
    return [ClientChanged(at=in_utc(command.at), commanded=True, what=command.what)]

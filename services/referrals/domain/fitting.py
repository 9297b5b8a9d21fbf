"""Which meetings fitted and which did not. It shapes the next list and is never shown outside the service [S]."""

from collections import Counter

from services.referrals.domain.ids import MeetingId
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.session_parts import DidNotFit

_AGAIN = 2


@rule("A later word on what did not fit replaces the earlier one.", source="S", effect="keeps")
@rule("What did not fit is never shown outside the service.", source="S", effect="keeps", because="privacy")
def did_not_fit(pathway: Pathway) -> tuple[DidNotFit, ...]:
    """The latest word on each meeting or organisation, what earlier pathways knew included."""
    latest = {_about(word): word for word in pathway.did_not_fit_before}
    for session in pathway.sessions_by_date:
        latest |= {_about(word): word for word in session.did_not_fit}
    return tuple(latest.values())


@rule("A meeting that the client went back to fitted unless they say otherwise.", source="O", effect="keeps")
def fitted(pathway: Pathway) -> tuple[MeetingId, ...]:
    """[O] Meetings that the client went back to, unless they have said since that it did not fit."""
    times = Counter(attendance.meeting_id for attendance in pathway.attendance if attendance.went)
    went_back = [meeting_id for meeting_id, count in times.items() if count >= _AGAIN]
    not_these = {word.meeting_id for word in did_not_fit(pathway)}
    known = dict.fromkeys((*pathway.fitted_before, *went_back))
    return tuple(meeting_id for meeting_id in known if meeting_id not in not_these)


def _about(word: DidNotFit) -> tuple[str, MeetingId | None]:
    return word.organisation, word.meeting_id

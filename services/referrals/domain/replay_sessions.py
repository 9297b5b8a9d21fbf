"""The pathway with its sessions."""

from services.referrals.domain.events_sessions import SessionCorrected, SessionHeld
from services.referrals.domain.pathway import Pathway, Session
from services.referrals.domain.replay_changes import Changes, Steps


def _session_held(pathway: Pathway, event: SessionHeld) -> Changes:
    return {"sessions": (*pathway.sessions, event.session)}


def _session_corrected(pathway: Pathway, event: SessionCorrected) -> Changes:
    def corrected(session: Session) -> Session:
        return event.session if session.session_id == event.session.session_id else session

    return {"sessions": tuple(map(corrected, pathway.sessions))}


STEPS: Steps = {
    SessionHeld: _session_held,
    SessionCorrected: _session_corrected,
}

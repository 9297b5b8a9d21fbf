"""A lapse may be noted by date: it closes nothing, fails no goal, and brings the next contact forward (3-fama)."""

from services.referrals.domain.events import Event
from services.referrals.domain.events_flags import FlagLowered, FlagRaised
from services.referrals.domain.pathway import Pathway, Session
from services.referrals.domain.rules import rule
from services.referrals.domain.vocabulary import FlagCode

_SEEN_TO: tuple[FlagCode, ...] = ("lapse", "wants-to-talk")


@rule("A lapse closes nothing, fails no goal and brings the next contact forward.", source="O", effect="keeps")
@rule("The next session held has seen to the lapse.", source="O", effect="keeps")
@rule("Who wanted to talk is seen to by the next session.", source="O", effect="keeps")
def flags_of_session(pathway: Pathway, session: Session) -> list[Event]:
    """A session sees to what was up before it was held, and raises `lapse` when it notes one. `about` is the session.

    Late paperwork of an earlier day sees to nothing. A correction that takes the lapse back lowers its own flag.
    """
    about, at = str(session.session_id), session.held_at
    of_this = [flag for flag in pathway.flags if (flag.code, flag.about) == ("lapse", about)]
    events: list[Event] = [
        FlagLowered(at=at, code=flag.code, about=flag.about)
        for flag in pathway.flags
        if flag.code in _SEEN_TO and flag.since < at and flag not in of_this
    ]
    later = any(other.held_at > at for other in pathway.sessions if other.session_id != session.session_id)
    if session.lapse_on and not of_this and not later:
        events.append(FlagRaised(at=at, code="lapse", about=about))
    if not session.lapse_on:
        events += [FlagLowered(at=at, code="lapse", about=about) for _ in of_this]
    return events

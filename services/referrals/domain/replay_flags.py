"""The pathway with what is to be looked at."""

from services.referrals.domain.events_flags import FlagLowered, FlagRaised
from services.referrals.domain.pathway import Flag, Pathway
from services.referrals.domain.replay_changes import Changes, Steps


def _flag_raised(pathway: Pathway, event: FlagRaised) -> Changes:
    return {"flags": (*pathway.flags, Flag(code=event.code, since=event.at, about=event.about, what=event.what))}


def _flag_lowered(pathway: Pathway, event: FlagLowered) -> Changes:
    return {"flags": tuple(f for f in pathway.flags if (f.code, f.about) != (event.code, event.about))}


STEPS: Steps = {
    FlagRaised: _flag_raised,
    FlagLowered: _flag_lowered,
}

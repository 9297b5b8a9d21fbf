"""A planned meeting in words: which one a flag is about, and whether somebody goes along."""

from collections.abc import Mapping
from datetime import datetime

from services.referrals.domain.accompanying import CompanyState
from services.referrals.domain.pathway import Attendance, Commitment, Flag, Pathway
from services.referrals.pages import words

_ALONG: Mapping[CompanyState, str] = {
    "asked": "somebody to go with is looked for",
    "offered": "somebody has been asked to go along",
    "agreed": "somebody goes along",
    "went": "somebody came along",
}


def which(flag: Flag, pathway: Pathway) -> str:
    """Organisation and when, by the client's clock; nothing for a flag that is about no meeting."""
    it = _planned(flag, pathway) or _attended(flag, pathway)
    if it is None:
        return ""
    held_in = it.time_zone if isinstance(it, Commitment) else pathway.time_zone
    organisation = words.organisation(it.organisation) if it.organisation else "Meeting"
    return f"{organisation}, {words.when(it.start, held_in, pathway.time_zone)}"


def to_do(flag: Flag, pathway: Pathway) -> str:
    """Nobody is told to ask a peer supporter while one has been asked and not answered yet."""
    asked = [each for each in pathway.company if str(each.commitment_id) == flag.about and each.state == "offered"]
    if flag.code == "company-to-arrange" and asked:
        return f"A peer supporter was asked on {words.day_of(asked[-1].since, pathway.time_zone)}: wait for the answer."
    return words.what_to_do(flag.code)


def along(made: Commitment, pathway: Pathway, now: datetime) -> str:
    """That somebody goes along is said once they have agreed, and of one who is only wanted that they are wanted."""
    states = [each.state for each in pathway.company if each.commitment_id == made.commitment_id]
    state: CompanyState | None = states[-1] if states else "agreed" if made.accompanied else None
    if state is None or (state in ("asked", "offered") and made.start <= now):
        return ""
    return _ALONG.get(state, "")


def _planned(flag: Flag, pathway: Pathway) -> Commitment | None:
    return next((made for made in pathway.commitments if str(made.commitment_id) == flag.about), None)


def _attended(flag: Flag, pathway: Pathway) -> Attendance | None:
    """Of a disagreement about a meeting that nobody had planned."""
    since = [each for each in pathway.attendance if str(each.meeting_id) == flag.about]
    return next((each for each in since if each.disagreement_since == flag.since), None)

"""Not instead of treatment: mutual aid goes alongside it, and whom to turn to now (3-fama, *Safety*)."""

from collections.abc import Sequence
from datetime import datetime

from services.referrals.domain.answers import Caution, Refusal
from services.referrals.domain.commands_commitments import CommitToMeeting
from services.referrals.domain.pathway import Pathway, Session
from services.referrals.domain.rules import rule
from services.referrals.domain.vocabulary import Risk
from services.referrals.domain.when import in_utc

_NOTICES: dict[Risk, Caution] = {
    "severe-dependence": Caution(
        "alongside-treatment",
        "Mutual aid goes alongside treatment, not instead of it. Before the client cuts down or stops by themselves: "
        "speak to your prescriber or nurse today.",
    ),
    "withdrawal-risk": Caution(
        "withdrawal-risk",
        "Stopping suddenly can be dangerous, and mutual aid is no detox. Turn to your prescriber or duty doctor now; "
        "for fits, confusion or seeing things that are not there call 999.",
    ),
    "crisis": Caution(
        "crisis",
        "Mutual aid is no crisis service. Turn to the crisis team or NHS 111 (mental health) now; "
        "if a life is in danger call 999. A meeting can still be a place to be with others today.",
    ),
    "co-occurring-mental-health": Caution(
        "fellowships-for-both",
        "There are fellowships made for people who also live with a mental health condition: they come to the list.",
    ),
}
_ACUTE: tuple[Risk, ...] = ("withdrawal-risk", "crisis")
_LASTING: tuple[Risk, ...] = ("severe-dependence",)


@rule(
    "A risk brings a notice that says whom to turn to now.",
    source="O",
    effect="warns",
    because="safety",
    codes=(
        "alongside-treatment",
        "withdrawal-risk",
        "crisis",
        "fellowships-for-both",
    ),
)
def safety_notices(risks: Sequence[Risk]) -> list[Caution]:
    """A notice for each risk that a session notes: that it goes alongside treatment, and to whom to turn now."""
    return [_NOTICES[risk] for risk in dict.fromkeys(risks)]


@rule(
    "Overriding a safety notice needs a reason.",
    source="O",
    effect="refuses",
    because="safety",
    codes=("safety-notice",),
)
@rule(
    "A crisis noted anew asks again and dependence that lasts does not.",
    source="O",
    effect="refuses",
    because="safety",
    codes=("safety-notice",),
)
def notice_overridden_without_reason(pathway: Pathway, command: CommitToMeeting) -> Refusal | None:
    """Safety: who plans a meeting over a standing notice says why. Asked once per notice, not once per meeting.

    Dependence lasts: once answered it is not asked again. A crisis or withdrawal noted anew is.
    """
    if command.override_reason or not (standing := standing_notices(pathway, command.made_at)):
        return None
    told = " ".join(notice.reason for notice in standing)
    return Refusal("safety-notice", f"{told} Say in a word how this was seen to.", "overrideReason")


@rule("A co-occurring condition stops nothing and brings its fellowships to the list.", source="O", effect="suggests")
def lives_with_both(sessions: Sequence[Session]) -> bool:
    """A co-occurring mental health condition brings the fellowships made for it to the list."""
    return any("co-occurring-mental-health" in session.risks for session in sessions)


def standing_notices(pathway: Pathway, now: datetime) -> list[Caution]:
    """Those that nobody has answered yet for this pathway; a meeting is planned once somebody has."""
    at = in_utc(now)
    answered = max((made.made_at for made in pathway.commitments if made.override_reason), default=None)
    return [_NOTICES[risk] for risk in (*_ACUTE, *_LASTING) if _stands(pathway, risk, at, answered)]


def _stands(pathway: Pathway, risk: Risk, at: datetime, answered: datetime | None) -> bool:
    noted = [session.held_at for session in pathway.sessions if risk in session.risks and session.held_at <= at]
    return bool(noted) and (answered is None or (max if risk in _ACUTE else min)(noted) > answered)

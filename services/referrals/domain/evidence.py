"""What is shown when client and keyworker ask how it goes: no streaks, no score, and nowhere a "missed"."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime, timedelta
from typing import Literal

from services.referrals.domain.ids import CommitmentId
from services.referrals.domain.pathway import Attendance, Commitment, Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.vocabulary import CommitmentState

LOOKS_BACK = timedelta(days=28)
PATIENCE = timedelta(days=10)
ShownState = CommitmentState | Literal["not-heard-yet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Meetings in the 28 days up to and with `until`; "not known" is shown as such."""

    until: Day
    attended: int
    not_attended: int
    not_known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A commitment that nobody has said a word about; `since`: when the ten days were over."""

    commitment_id: CommitmentId
    since: datetime


@rule("Evidence counts 28 days, and shows not known as such.", source="G", effect="keeps", where="Engaged")
def evidence(pathway: Pathway, today: Day) -> Evidence:
    """[G] *Engaged* is agreed with meetings in 28 days in view. [O] A new pathway's evidence starts at nought."""
    outcomes = [attendance.outcome for attendance in lately(pathway, today)]
    return Evidence(
        until=today,
        attended=outcomes.count("attended"),
        not_attended=outcomes.count("not-attended"),
        not_known=outcomes.count("not-known"),
    )


def lately(pathway: Pathway, today: Day) -> list[Attendance]:
    """What the evidence counts, the latest first."""
    since = max(pathway.opened_on, today - LOOKS_BACK + timedelta(days=1))
    found = [attendance for attendance in pathway.attendance if since <= attendance.date <= today]
    return sorted(found, key=lambda attendance: attendance.start, reverse=True)


@rule("Without a word, a meeting that is over is not heard yet, and never missed.", source="O", effect="keeps")
def shown_state(made: Commitment, now: datetime) -> ShownState:
    """No word at all: it stays *planned*, shown as "not heard yet" once the meeting is over."""
    return "not-heard-yet" if made.state == "planned" and made.end <= now else made.state


@rule("No word for ten days is not heard from, and the goal is still in progress.", source="O", effect="suggests")
@rule("The ten days begin when the meeting is over.", source="O", effect="suggests")
@rule("Not heard from ends with any word and with the pathway.", source="O", effect="suggests")
def not_heard_from(pathway: Pathway, now: datetime) -> list[Silent]:
    """After ten days without a word the client is on "not heard from"; the goal is still in progress."""
    if pathway.state == "ended":
        return []
    return [
        Silent(commitment_id=made.commitment_id, since=made.end + PATIENCE)
        for made in pathway.commitments
        if made.state == "planned" and made.end + PATIENCE <= now
    ]

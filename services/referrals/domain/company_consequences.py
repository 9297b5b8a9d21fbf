"""What follows for someone to go with, and from what happens to it: nobody waits at a door for nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from services.referrals.domain.accompanying import Company
from services.referrals.domain.events import Event
from services.referrals.domain.events_company import (
    CompanyAsked,
    CompanyDeclined,
    CompanyFellThrough,
    CompanyWent,
    CompanyWithdrawn,
)
from services.referrals.domain.events_flags import FlagLowered
from services.referrals.domain.flags import raise_flag
from services.referrals.domain.needs import reads_text
from services.referrals.domain.pathway import Commitment, Flag, Occurred, Pathway
from services.referrals.domain.release import phone_assumed
from services.referrals.domain.replay import replay
from services.referrals.domain.rules import rule
from services.referrals.domain.vocabulary import FlagCode
from services.referrals.domain.when import local_day

ARRANGE: FlagCode = "company-to-arrange"
FELL_THROUGH: FlagCode = "company-fell-through"
TELL_THE_PEER: FlagCode = "tell-the-peer"
ACT_BY_HAND: FlagCode = "act-by-hand"
_STILL_PLANNED = ("planned", "went-to-another")
_HAS_WORD = ("attended", "not-attended", "not-known")


def with_flags(before: Pathway, happened: Sequence[Event]) -> list[Event]:
    """What happened to company, with the flags that go up and down for it. A flag's `about` is the commitment."""
    raised = [flag for event in happened for flag in _raised(before, event)]
    events = [*happened, *raised]
    return [*events, *_lowered(replay(events, before), happened[0].at)]


@rule("Company stops with the commitment or the pathway.", source="O", effect="keeps")
def company_settled(pathway: Pathway, at: datetime, _: Occurred | None = None) -> list[Event]:
    """Company ends with the commitment or the pathway that it was for; a peer supporter's word says that they went."""
    settled = [event for company in pathway.company if company.open for event in _settles(pathway, company, at)]
    return with_flags(pathway, settled) if settled else _lowered(pathway, at)


@rule("Without a phone the keyworker is told to act.", source="O", effect="keeps")
def act_by_hand(pathway: Pathway, commitment_id: UUID, at: datetime) -> list[Event]:
    """No message reaches the client to tell them that nobody comes along: the keyworker does (scene 7)."""
    made = next((made for made in pathway.commitments if made.commitment_id == commitment_id), None)
    alone = [each for each in pathway.company if each.commitment_id == commitment_id][-1:]
    if made is None or made.state not in _STILL_PLANNED or [each.state for each in alone] != ["fell-through"]:
        return []
    return raise_flag(pathway, ACT_BY_HAND, str(commitment_id), at)


@rule("A peer's word of having been there says that they went together.", source="O", effect="keeps")
@rule("Attendance alone does not say with whom.", source="O", effect="keeps")
def _settles(pathway: Pathway, company: Company, at: datetime) -> Iterator[Event]:
    made = pathway.commitment(company.commitment_id)
    if made is None:
        return
    of = (company.company_id, company.commitment_id)
    if _is_pointless(pathway, company, made):
        because: Literal["commitment", "ending"] = "ending" if pathway.state == "ended" else "commitment"
        yield CompanyWithdrawn(at=at, company_id=of[0], commitment_id=of[1], because=because)
    elif company.state == "agreed" and made.state == "attended":
        stands = pathway.attendance_at(made.occurred)
        if stands and stands.decided_by == "peer":
            yield CompanyWent(at=at, company_id=of[0], commitment_id=of[1], said_by="peer")


def _is_pointless(pathway: Pathway, company: Company, made: Commitment) -> bool:
    """Whoever had agreed and whose meeting has begun may still say how it went."""
    if made.state == "withdrawn" or (pathway.ended_at and made.start >= pathway.ended_at):
        return True
    return company.state != "agreed" and (pathway.state == "ended" or made.state in _HAS_WORD)


@rule("When the client died a person tells the peer.", source="O", effect="keeps")
def _raised(before: Pathway, event: Event) -> list[Event]:
    match event:
        case CompanyAsked() | CompanyDeclined():
            return raise_flag(before, ARRANGE, str(event.commitment_id), event.at)
        case CompanyFellThrough():
            return _fell_through(before, event)
        case CompanyWithdrawn() if _had_agreed(before, event):
            return raise_flag(before, TELL_THE_PEER, str(event.commitment_id), event.at)
        case _:
            return []


@rule("Without a phone the keyworker is told to act.", source="O", effect="keeps")
def _fell_through(before: Pathway, event: CompanyFellThrough) -> list[Event]:
    """The keyworker is told; and to act by hand where no message would reach the client in time."""
    made = before.commitment(event.commitment_id)
    if made is None or made.start <= event.at:
        return []
    about = str(event.commitment_id)
    today = local_day(event.at, before.time_zone)
    unreachable = not phone_assumed(before, today) or not reads_text([before])
    by_hand = raise_flag(before, ACT_BY_HAND, about, event.at) if unreachable else []
    return [*raise_flag(before, FELL_THROUGH, about, event.at), *by_hand]


def _had_agreed(before: Pathway, event: CompanyWithdrawn) -> bool:
    return any((each.company_id, each.state) == (event.company_id, "agreed") for each in before.company)


def _lowered(pathway: Pathway, at: datetime) -> list[Event]:
    return [
        FlagLowered(at=at, code=flag.code, about=flag.about) for flag in pathway.flags if _is_settled(pathway, flag)
    ]


def _is_settled(pathway: Pathway, flag: Flag) -> bool:
    """Of a flag about somebody to go with: nothing is left to do about it. That a peer is told, a person says."""
    of_it = [company for company in pathway.company if str(company.commitment_id) == flag.about]
    if not of_it or flag.code not in (ARRANGE, FELL_THROUGH, ACT_BY_HAND):
        return False
    made = pathway.commitment(of_it[-1].commitment_id)
    if made is None or made.state not in _STILL_PLANNED:
        return True
    if flag.code == ARRANGE:
        return of_it[-1].state not in ("asked", "offered")
    return of_it[-1].state in ("agreed", "went")

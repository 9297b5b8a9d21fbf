"""Someone to go with: asked, offered, agreed, went together or fell through (3-fama, stage 2, step 5) [G].

[S] No contact details to either side before both have agreed: the client by asking, the peer supporter by answering.
"""

from collections.abc import Mapping
from datetime import date as Day
from datetime import datetime
from typing import TypedDict

from services.referrals.domain.accompanying import Company, CompanyState
from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_company import AnswerOffer, AskForCompany, EndCompany, OfferCompany
from services.referrals.domain.company_consequences import with_flags
from services.referrals.domain.events import Event
from services.referrals.domain.events_company import (
    CompanyAgreed,
    CompanyAsked,
    CompanyDeclined,
    CompanyFellThrough,
    CompanyOffered,
    CompanyWent,
    CompanyWithdrawn,
)
from services.referrals.domain.ids import CommitmentId, CompanyId
from services.referrals.domain.pathway import Commitment, Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.when import in_utc, local_day, untimely
from services.referrals.domain.young import may_have_adult_peer

Answer = list[Event] | Refusal


@rule("Someone to go with is asked for, for one planned meeting.", source="G", effect="keeps", where="Stage 2, step 5")
def ask_for_company(pathway: Pathway, command: AskForCompany) -> Answer:
    """Nervous? Somebody may go along [G]. It is arranged for one meeting that the client plans to go to."""
    if refusal := untimely(command.at, command.recorded_at, "at") or _asking_refused(pathway, command):
        return refusal
    asked = CompanyAsked(
        at=in_utc(command.at),
        commanded=True,
        company_id=command.company_id,
        commitment_id=command.commitment_id,
        wish=command.wish,
    )
    return with_flags(pathway, [asked])


@rule("Nobody is offered where nobody asked.", source="sense", effect="refuses", codes=("unknown-company",))
def offer_company(pathway: Pathway, command: OfferCompany) -> Answer:
    """To one peer supporter at a time. Safety: never to one who is paused, or kept apart from the client."""
    company = company_of(pathway, command.company_id)
    if company is None:
        return _unknown()
    if refusal := untimely(command.at, command.recorded_at, "at") or _offer_refused(pathway, company, command):
        return refusal
    if (company.state, company.peer_id) == ("offered", command.peer_id):
        return []
    return with_flags(pathway, [CompanyOffered(**_of(company, command.at), peer_id=command.peer_id)])


@rule(
    "Company is asked for, offered, agreed and gone to together.", source="G", effect="keeps", where="Stage 2, step 5"
)
@rule("An answer given twice is given once.", source="O", effect="keeps")
@rule("Who is no longer asked changes nothing.", source="sense", effect="refuses", codes=("no-longer-asked",))
@rule("Only what was agreed falls through or is gone to.", source="sense", effect="refuses", codes=("not-agreed",))
def answer_offer(pathway: Pathway, command: AnswerOffer) -> Answer:
    """[G] asked → offered → agreed → went together | fell through. Said twice is once."""
    company = company_of(pathway, command.company_id)
    if company is None or company.peer_id != command.peer_id:
        return Refusal("no-longer-asked", "This is no longer needed from this peer supporter.")
    if refusal := untimely(command.at, command.recorded_at, "at"):
        return refusal
    match command.answer:
        case "yes":
            return _agree(pathway, company, command)
        case "no":
            return _decline(pathway, company, command)
        case "cannot-come":
            return _fall_through(pathway, company, command)
        case "went":
            return _went(pathway, company, command)


@rule("The client may rather go alone.", source="G", effect="keeps")
@rule("What is over is not withdrawn.", source="sense", effect="refuses", codes=("already-over",))
def withdraw_company(pathway: Pathway, command: EndCompany) -> Answer:
    """The client decides: they would rather go alone. The meeting stays planned."""
    company = company_of(pathway, command.company_id)
    if company is None:
        return _unknown()
    if refusal := untimely(command.at, command.recorded_at, "at"):
        return refusal
    if company.state == "withdrawn":
        return []
    if not company.open:
        return Refusal("already-over", f"There is nothing left to withdraw: {_HOW[company.state]}.")
    return with_flags(pathway, [CompanyWithdrawn(**_of(company, command.at), because="said")])


@rule("Only an offer that waits is taken back.", source="sense", effect="refuses", codes=("not-offered",))
def take_back_offer(pathway: Pathway, command: EndCompany) -> Answer:
    """The peer supporter has not answered: somebody else may be asked. Their link then says so."""
    company = company_of(pathway, command.company_id)
    if company is None:
        return _unknown()
    if refusal := untimely(command.at, command.recorded_at, "at"):
        return refusal
    if company.state != "offered" or company.peer_id is None:
        return Refusal("not-offered", f"No offer is waiting for an answer: {_HOW[company.state]}.")
    declined = CompanyDeclined(**_of(company, command.at), peer_id=company.peer_id, because="taken-back")
    return with_flags(pathway, [declined])


def company_of(pathway: Pathway, company_id: CompanyId) -> Company | None:
    return next((company for company in pathway.company if company.company_id == company_id), None)


@rule(
    "Company is asked for once per meeting and before it begins.",
    source="sense",
    effect="refuses",
    codes=("unknown-commitment", "pathway-ended", "already-asked", "not-planned", "already-begun", "nothing-asked"),
)
def _asking_refused(pathway: Pathway, command: AskForCompany) -> Refusal | None:
    made = pathway.commitment(command.commitment_id)
    if made is None:
        return Refusal("unknown-commitment", "There is no such commitment on this pathway.")
    if pathway.state == "ended":
        return Refusal("pathway-ended", "Reopen it before asking somebody to go along.")
    if refusal := _not_ahead(made, command.at):
        return refusal
    if any(company.open for company in pathway.company if company.commitment_id == made.commitment_id):
        return Refusal("already-asked", "Somebody to go with is asked for already for this meeting.")
    if not command.wish.offers:
        return Refusal("nothing-asked", "Say what is asked for: to go along, a lift, or a talk beforehand.", "offers")
    return _young_refused(pathway, command.birth_date, command.at)


@rule(
    "A paused or kept apart peer supporter is never offered.",
    source="O",
    effect="refuses",
    because="safety",
    codes=("peer-not-asked-now",),
)
@rule(
    "A peer supporter goes along with one client at a time.",
    source="O",
    effect="refuses",
    because="privacy",
    codes=("peer-busy",),
)
@rule(
    "One peer supporter is asked at a time.",
    source="O",
    effect="refuses",
    because="privacy",
    codes=("offered-already",),
)
@rule("What is agreed or over is not offered again.", source="sense", effect="refuses", codes=("not-asked",))
def _offer_refused(pathway: Pathway, company: Company, command: OfferCompany) -> Refusal | None:
    made = _commitment(pathway, company.commitment_id)
    if company.state not in ("asked", "offered"):
        return Refusal("not-asked", f"Nobody is looked for any more: {_HOW[company.state]}.")
    if company.state == "offered" and company.peer_id != command.peer_id:
        return Refusal("offered-already", "Somebody else has been asked. Take that back first, or wait for the answer.")
    if command.paused or command.kept_apart:  # one sentence for both: whoever pairs learns of no mark
        return Refusal("peer-not-asked-now", "This peer supporter cannot be asked now: choose somebody else.", "peerId")
    if command.busy:
        return _busy()
    return _not_ahead(made, command.at) or _young_refused(pathway, command.birth_date, command.at)


def _busy() -> Refusal:
    """Privacy: two clients would learn of each other, or one would wait at a door for nobody."""
    return Refusal("peer-busy", "This peer supporter goes along with somebody else at this time.", "peerId")


def _not_ahead(made: Commitment, at: datetime) -> Refusal | None:
    if made.state not in ("planned", "went-to-another"):
        return Refusal("not-planned", f"This meeting is not planned any more: {made.state}.")
    if made.start <= in_utc(at):
        return Refusal("already-begun", "This meeting has begun already.")
    return None


@rule(
    "Under 18 no adult goes with them without the lead's agreement.",
    source="O",
    effect="refuses",
    because="safety",
    codes=("safeguarding",),
)
def _young_refused(pathway: Pathway, birth_date: Day | None, at: datetime) -> Refusal | None:
    """Safety: under 18, no adult peer supporter without the safeguarding lead's named agreement."""
    today = local_day(at, pathway.time_zone)
    if birth_date is None or may_have_adult_peer(birth_date, today, pathway.circumstances):
        return None
    reason = "The client is under 18: first note the safeguarding lead's agreement, by name, with the circumstances."
    return Refusal("safeguarding", reason, "safeguardingAgreedBy")


def _agree(pathway: Pathway, company: Company, command: AnswerOffer) -> Answer:
    if company.state == "agreed":
        return []
    if company.state != "offered":
        return Refusal("no-longer-asked", "This is no longer needed from this peer supporter.")
    if command.busy:
        return _busy()
    if refusal := _not_ahead(_commitment(pathway, company.commitment_id), command.at):
        return refusal
    agreed = CompanyAgreed(
        **_of(company, command.at), peer_id=command.peer_id, said_by=command.said_by, offers=command.offers
    )
    return with_flags(pathway, [agreed])


@rule("A no after a yes is that they cannot come.", source="sense", effect="refuses", codes=("agreed-already",))
@rule("Who says no is not asked again.", source="O", effect="keeps")
def _decline(pathway: Pathway, company: Company, command: AnswerOffer) -> Answer:
    """A no is a no, with no reason asked; who had agreed says that they cannot come after all."""
    if company.state == "agreed":
        return Refusal("agreed-already", "They have agreed to it: say that they cannot come after all.", "answer")
    if company.state != "offered":
        return Refusal("no-longer-asked", "This is no longer needed from this peer supporter.")
    declined = CompanyDeclined(**_of(company, command.at), peer_id=command.peer_id, because="said")
    return with_flags(pathway, [declined])


@rule("A peer who falls through leaves the commitment standing and flags the keyworker.", source="O", effect="keeps")
def _fall_through(pathway: Pathway, company: Company, command: AnswerOffer) -> Answer:
    """The commitment stands: the client decides whether to go alone."""
    if company.state == "fell-through":
        return []
    if company.state != "agreed":
        return Refusal("not-agreed", f"Nobody had agreed to go along: {_HOW[company.state]}.")
    fell = CompanyFellThrough(**_of(company, command.at), said_by=command.said_by)
    return with_flags(pathway, [fell])


@rule("Nobody has gone together before the meeting.", source="sense", effect="refuses", codes=("not-yet",))
def _went(pathway: Pathway, company: Company, command: AnswerOffer) -> Answer:
    if company.state == "went":
        return []
    if company.state not in ("agreed", "fell-through"):
        return Refusal("not-agreed", f"Nobody had agreed to go along: {_HOW[company.state]}.")
    if in_utc(command.at) < _commitment(pathway, company.commitment_id).start:
        return Refusal("not-yet", "The meeting has not begun yet.")
    return with_flags(pathway, [CompanyWent(**_of(company, command.at), said_by=command.said_by)])


_HOW: Mapping[CompanyState, str] = {
    "asked": "nobody has been asked yet",
    "offered": "somebody has been asked",
    "agreed": "somebody has agreed",
    "went": "they went together",
    "fell-through": "whoever had agreed cannot come",
    "withdrawn": "it is no longer wanted",
}
"""For people, after a colon."""


class _Of(TypedDict):
    at: datetime
    commanded: bool
    company_id: CompanyId
    commitment_id: CommitmentId


def _of(company: Company, at: datetime) -> _Of:
    of = (company.company_id, company.commitment_id)
    return _Of(at=in_utc(at), commanded=True, company_id=of[0], commitment_id=of[1])


def _commitment(pathway: Pathway, commitment_id: CommitmentId) -> Commitment:
    return next(made for made in pathway.commitments if made.commitment_id == commitment_id)


def _unknown() -> Refusal:
    return Refusal("unknown-company", "Nobody to go with was asked for here.")

"""What is asked about company, as JSON, and what is answered."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from email_validator import EmailNotValidError, validate_email
from fastapi import Path
from pydantic import AfterValidator, Field, StrictBool, StringConstraints
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from services.referrals.domain.accompanying import Gender, Model, Offer, Wish
from services.referrals.domain.commands_company import AskForCompany, EndCompany, PeersAnswer
from services.referrals.domain.ids import CommitmentId, CompanyId
from services.referrals.http.bodies import AtIn, Body
from services.referrals.http.values import Code, Date, Name, ShortWords, Words
from services.referrals.peers.handlers.arranging import Offered
from services.referrals.peers.handlers.reaching import Sought
from services.referrals.peers.peer import Concern, Details, Peer, Weekday
from services.referrals.peers.request import Request
from services.referrals.peers.suggesting import Suggestion
from shared.meetings.zones import zone

Json = dict[str, Any]
CompanyIdInPath = Annotated[UUID, Path(alias="companyId")]
PeerIdInPath = Annotated[UUID, Path(alias="peerId")]


def _address(value: str) -> str:
    """Whether anybody is there is not asked of the network."""
    try:
        return validate_email(value, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as invalid:
        raise PydanticCustomError("not-an-e-mail-address", "{reason}", {"reason": str(invalid)}) from None


Email = Annotated[str, Field(max_length=254), AfterValidator(_address)]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9](?:[ ()-]{0,2}[0-9]){6,14}$")]
Offers = Annotated[tuple[Offer, ...], Field(max_length=3)]


class CompanyIn(AtIn):
    """`firstName` and `contact`: what the client chooses to be passed on once both have agreed; left out: nothing."""

    offers: Offers = ("go-with",)
    preference: Gender | None = None
    asker: Gender | None = None
    area: Name | None = None
    first_name: Name | None = None
    contact: ShortWords | None = None

    def wish(self) -> Wish:
        return Wish(**self.model_dump(by_alias=False, exclude={"at"}))

    def command(self, commitment_id: UUID, birth_date: Date | None, now: datetime) -> AskForCompany:
        return AskForCompany(
            company_id=CompanyId(uuid4()),
            commitment_id=CommitmentId(commitment_id),
            wish=self.wish(),
            birth_date=birth_date,
            at=self.at or now,
            recorded_at=now,
        )


def ending(company_id: UUID, body: AtIn, now: datetime) -> EndCompany:
    return EndCompany(company_id=CompanyId(company_id), at=body.at or now, recorded_at=now)


class PeerIn(Body):
    """The whole of it. `contact`: which of the two is passed on to a client once both have agreed."""

    name: Name
    known_as: Name
    model: Model
    agreed_on: Date
    checked_on: Date | None = None
    phone: Phone | None = None
    email: Email | None = None
    contact: Literal["phone", "email"] | None = None
    offers: Offers = ("go-with",)
    organisations: Annotated[tuple[Code, ...], Field(max_length=40)] = ()
    days: Annotated[tuple[Weekday, ...], Field(max_length=7)] = ()
    areas: Annotated[tuple[Name, ...], Field(max_length=40)] = ()
    gender: Gender | None = None
    goes_with: Gender | None = None
    words: Words | None = None

    def details(self) -> Details:
        return Details(**self.model_dump(by_alias=False))


class ConcernIn(Body):
    """To whom it was passed, and when. What it was is not written here."""

    passed_to: Name
    passed_on: Date

    def concern(self) -> Concern:
        return Concern(passed_to=self.passed_to, passed_on=self.passed_on)


class PauseIn(Body):
    paused: StrictBool


class ModelsIn(Body):
    models: Annotated[tuple[Model, ...], Field(min_length=1, max_length=3)]


class SoughtIn(Body):
    """Left out is any."""

    day: Date | None = None
    area: Name | None = None
    preference: Gender | None = None

    def sought(self) -> Sought:
        return Sought(self.day, self.area, self.preference)


class AnswerIn(AtIn):
    """`taken-back`: the offer, because no answer came. `at`: when the peer supporter said it; now, if left out."""

    answer: PeersAnswer | Literal["taken-back"]


def peer_json(peer: Peer) -> Json:
    assert peer.details is not None  # noqa: S101  # who was erased is not found
    concerns = [{"passedTo": one.passed_to, "passedOn": one.passed_on} for one in peer.concerns]
    state = {"paused": peer.paused, "lastAskedAt": peer.last_asked_at, "concerns": concerns}
    described = {to_camel(name): value for name, value in asdict(peer.details).items()}
    return {"peerId": peer.peer_id, **described, **state}


def request_json(request: Request) -> Json:
    """Nothing in it leads to who asks."""
    company, made, meeting = request.company, request.made, request.meeting
    wish = company.wish
    return {
        "companyId": company.company_id,
        "state": company.state,
        "since": company.since,
        "date": made.date,
        "start": made.start.astimezone(zone(made.time_zone)),
        "timeZone": made.time_zone,
        "meetingId": made.meeting_id,
        "organisation": meeting and meeting.organisation,
        "where": request.where,
        "offers": wish.offers,
        "preference": wish.preference,
        "asker": wish.asker,
        "area": wish.area,
    }


def suggestion_json(suggestion: Suggestion) -> Json:
    reasons = [{"text": reason.text, "fits": reason.fits} for reason in suggestion.reasons]
    return {"peerId": suggestion.peer.peer_id, "knownAs": suggestion.details.known_as, "reasons": reasons}


def offered_json(offered: Offered) -> Json:
    return {
        "knownAs": offered.known_as,
        "link": offered.link,
        "text": offered.text,
        "until": offered.until,
    }

"""Every event about a person that a service reacts to, told of a client: with their provider, another's, or none."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from shared.events.contract import Contract
from shared.events.journal import AttendanceCorrected, AttendanceRecorded, TalkAskedFor
from shared.events.kafka import to_record
from shared.events.referrals import (
    ClientKnown,
    CommitmentMade,
    CommitmentOutcomeNoted,
    CommitmentWithdrawn,
    CompanyAgreed,
    CompanyFellThrough,
    ReferralEnded,
    ReferralHandedOver,
    ReferralOpened,
    ReferralReopened,
)
from shared.events.reminders import MessageCancelled, MessageExpired, MessageUndeliverable
from shared.events.saying import about_client
from shared.messaging.received import Received
from tests.integration.referrals_builder import attended, days_ahead
from tests.integration.walls.builder import World
from tests.integration.walls.scene import AA, Scene

NOW = datetime.now(UTC)
LAST = days_ahead(2, weeks=-1)


def _said(event: type[Contract], /, **data: object) -> Contract:
    return event.model_validate(data)


def _of_company(event: type[Contract], scene: Scene) -> Contract:
    return _said(event, referral_id=scene.referral, company_id=scene.company, commitment_id=scene.planned, at=NOW)


def _untold(event: type[Contract], scene: Scene, reason: str) -> Contract:
    return _said(
        event,
        message_id=scene.message,
        rule="company-fell-through",
        commitment_id=scene.planned,
        due_at=NOW,
        reason=reason,
    )


TOLD: Mapping[str, Mapping[type[Contract], Callable[[Scene], Contract]]] = {
    "referrals": {
        AttendanceRecorded: lambda scene: attended(scene.client, AA, LAST, "not-attended", by="client").data,
        AttendanceCorrected: lambda scene: attended(scene.client, AA, LAST, "not-known", corrects=uuid4()).data,
        MessageUndeliverable: lambda scene: _said(
            MessageUndeliverable,
            message_id=scene.message,
            rule="meeting-day-before",
            commitment_id=scene.planned,
            due_at=NOW,
            reason="refused",
        ),
        MessageCancelled: lambda scene: _untold(MessageCancelled, scene, "no-address"),
        MessageExpired: lambda scene: _untold(MessageExpired, scene, "quiet-hours"),
        TalkAskedFor: lambda _: _said(TalkAskedFor),
    },
    "journal": {
        ClientKnown: lambda _: _said(ClientKnown, state="active", time_zone="Europe/London", emitters=("urn:x",)),
    },
    "reminders": {
        ClientKnown: lambda _: _said(ClientKnown, state="active", time_zone="Asia/Tokyo"),
        ReferralOpened: lambda scene: _said(
            ReferralOpened, referral_id=uuid4(), for_="self", for_what=("alcohol",), opened_at=NOW
        ),
        ReferralEnded: lambda scene: _said(ReferralEnded, referral_id=scene.referral, kind="engaged", at=NOW),
        ReferralHandedOver: lambda scene: _said(ReferralHandedOver, referral_id=scene.referral, at=NOW),
        ReferralReopened: lambda scene: _said(ReferralReopened, referral_id=scene.referral, at=NOW),
        CommitmentMade: lambda scene: _said(
            CommitmentMade,
            referral_id=scene.referral,
            commitment_id=uuid4(),
            meeting_id=AA.meeting_id,
            date=days_ahead(2, weeks=2),
            start=NOW + timedelta(days=14),
            end=NOW + timedelta(days=14, hours=1),
            time_zone="Europe/London",
            made_at=NOW,
        ),
        CommitmentOutcomeNoted: lambda scene: _said(
            CommitmentOutcomeNoted,
            referral_id=scene.referral,
            commitment_id=scene.planned,
            outcome="attended",
            disagreement=False,
            at=NOW,
        ),
        CompanyAgreed: lambda scene: _of_company(CompanyAgreed, scene),
        CompanyFellThrough: lambda scene: _of_company(CompanyFellThrough, scene),
        CommitmentWithdrawn: lambda scene: _said(
            CommitmentWithdrawn, referral_id=scene.referral, commitment_id=scene.planned, at=NOW
        ),
    },
}
"""By service, as `subscriptions.py` lists them: what each would change for the client if it were theirs."""
_BY = {
    AttendanceRecorded: "journal",
    AttendanceCorrected: "journal",
    TalkAskedFor: "journal",
    MessageUndeliverable: "reminders",
    MessageCancelled: "reminders",
    MessageExpired: "reminders",
}


def told(world: World, data: Contract, client: str, provider: str | None) -> Received:
    """As it comes from Kafka."""
    event = about_client(
        _BY.get(type(data), "referrals"),
        data,
        client=UUID(client),
        provider=provider or "",
        team="north",
        time=NOW,
        recorded=NOW,
        sequence=99,
    )
    record = to_record(event)
    headers = [(name, value or b"") for name, value in record.headers if provider or name != "ce_provider"]
    return world.record(record.topic, record.key, headers, record.value)

"""What happens on a client's pathway, as far as messages go: referrals begin and end, commitments and their outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import Any
from uuid import UUID

from services.reminders.domain.commitments import Commitment, Listing, as_ended, as_made, in_utc
from services.reminders.handlers.planning import replan
from services.reminders.handlers.walls import people_in
from services.reminders.store import commitments, meetings
from shared.events.envelope import Event
from shared.events.referrals import (
    CommitmentMade,
    CommitmentOutcomeNoted,
    CommitmentWithdrawn,
    CompanyAgreed,
    CompanyFellThrough,
    ReferralEnded,
    ReferralOpened,
    ReferralReopened,
)
from shared.meetings import Occurrence
from shared.meetings.zones import is_zone
from shared.problems import refused
from shared.storage.database import UnitOfWork

News = Event[
    ReferralOpened
    | ReferralEnded
    | ReferralReopened
    | CommitmentMade
    | CommitmentWithdrawn
    | CommitmentOutcomeNoted
    | CompanyAgreed
    | CompanyFellThrough
]


async def follow_pathways(uow: UnitOfWork, events: Sequence[News]) -> None:
    # Meetings before people, as the directory's handler does it, so that the two do not lock each other up.
    listings = await meetings.held(uow.connection, _meetings(events))
    people = await people_in(uow, events)
    events = [event for event in events if event.client in people]
    story = await _story(uow, events, listings)
    for event in events:
        story.hear(event)
    referrals = {referral: (people[client], ended) for referral, (client, ended) in story.referrals.items()}
    await commitments.save_referrals(uow.connection, referrals)
    await commitments.save(uow.connection, story.changed(), people)
    await replan(uow, list(story.commitments.values()), people, {event.client: event for event in events})


async def _story(uow: UnitOfWork, events: Sequence[News], listings: Mapping[UUID, Listing]) -> "_Story":
    """A referral that ends or is reopened concerns all its commitments."""
    named = {event.data.commitment_id for event in events if isinstance(event.data, _OF_COMMITMENT)}
    turned = {event.data.referral_id for event in events if not isinstance(event.data, _OF_COMMITMENT)}
    return _Story(listings, await commitments.of_referrals(uow.connection, named, turned))


_OF_COMMITMENT = (CommitmentMade, CommitmentWithdrawn, CommitmentOutcomeNoted, CompanyAgreed, CompanyFellThrough)


@dataclass(slots=True)
class _Story:
    """What is known, while a batch of events is added to it in their order."""

    listings: Mapping[UUID, Listing]
    commitments: dict[UUID, Commitment]
    referrals: dict[UUID, tuple[UUID, bool]] = field(default_factory=dict)
    _before: dict[UUID, Commitment] = field(init=False)

    def __post_init__(self) -> None:
        self._before = dict(self.commitments)

    def changed(self) -> list[Commitment]:
        return [each for each in self.commitments.values() if each != self._before.get(each.commitment_id)]

    def hear(self, event: News) -> None:
        match event.data:
            case ReferralOpened() | ReferralReopened() as opened:
                self.referrals[opened.referral_id] = (event.client, False)
            case ReferralEnded() as ended:
                self.referrals[ended.referral_id] = (event.client, True)
                of_it = [each for each in self.commitments.values() if each.referral_id == ended.referral_id]
                self.commitments |= {each.commitment_id: as_ended(each, ended.at) for each in of_it}
            case CommitmentMade() as made:
                commitment = _with_occurrence(self._known(event), event, made)
                self._set(as_made(commitment, self.listings.get(made.meeting_id)))
            case CommitmentWithdrawn():
                self._set(replace(self._known(event), withdrawn=True))
            case CommitmentOutcomeNoted() as noted:
                self._set(replace(self._known(event), outcome=noted.outcome))
            case CompanyAgreed():
                self._set(replace(self._known(event), fell_through=None))
            case CompanyFellThrough() as fell:
                self._set(replace(self._known(event), fell_through=fell.at.astimezone(UTC)))

    def _set(self, commitment: Commitment) -> None:
        self.commitments[commitment.commitment_id] = commitment

    def _known(self, event: Event[Any]) -> Commitment:
        """As known so far, or the little that this event says of it."""
        of = event.data
        fresh = Commitment(commitment_id=of.commitment_id, referral_id=of.referral_id, client=event.client)
        return self.commitments.get(of.commitment_id, fresh)


def _with_occurrence(commitment: Commitment, event: News, made: CommitmentMade) -> Commitment:
    if not is_zone(made.time_zone):
        raise refused("data.timeZone", "unknown-time-zone", "A time zone has an IANA name, for example Europe/London.")
    there = Occurrence(made.meeting_id, made.date, made.start, made.end, made.time_zone)
    return replace(commitment, made=event.recorded, occurrence=in_utc(there))


def _meetings(events: Sequence[News]) -> set[UUID]:
    return {event.data.meeting_id for event in events if isinstance(event.data, CommitmentMade)}

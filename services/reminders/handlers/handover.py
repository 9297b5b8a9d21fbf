"""A client has another keyworker: they are told, if they agreed to be written to."""

from collections.abc import Sequence
from uuid import uuid4

from services.reminders.domain.handover import Handover, plan_telling
from services.reminders.handlers.saying import say
from services.reminders.handlers.walls import people_in
from services.reminders.store import commitments, messages
from shared.events.envelope import Event
from shared.events.referrals import ReferralHandedOver
from shared.storage.database import UnitOfWork


async def tell_of_handover(uow: UnitOfWork, events: Sequence[Event[ReferralHandedOver]]) -> None:
    people = await people_in(uow, events)
    ended = await commitments.ended(uow.connection, {event.data.referral_id for event in events})
    for event in events:
        if (client := people.get(event.client)) is None:
            continue
        handover = Handover(
            client=client,
            referral_id=event.data.referral_id,
            at=event.data.at,
            referral_ended=event.data.referral_id in ended,
        )
        there = await messages.of_client(uow.connection, event.client)
        if told := plan_telling(handover, there, uow.now, uuid4):
            await messages.save(uow.connection, [told], people, uow.now)
            say(uow, told, client, cause=event)

"""That somebody has another keyworker, heard of and sent: through the same post, at most once."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from deploy.local.postgres import EmbeddedPostgres
from shared.events.referrals import ReferralEnded, ReferralHandedOver, ReferralOpened
from tests.eventually import eventually
from tests.integration.reminders_builder import MORNING, Reminders, opened, personal, settings_for
from tests.integration.reminders_post import open_mailbox, working

RULE = "handed-over"


@pytest.fixture
async def reminders(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Reminders]:
    async with opened(settings_for(postgres, tmp_path)) as reminders:
        yield reminders


async def handed_over(reminders: Reminders, client: UUID) -> UUID:
    referral = uuid4()
    opening = ReferralOpened(referral_id=referral, for_="self", for_what=("alcohol",), opened_at=MORNING)
    await reminders.hear(
        personal(opening, client), personal(ReferralHandedOver(referral_id=referral, at=MORNING), client)
    )
    return referral


async def state(reminders: Reminders, client: UUID) -> str:
    return str((await reminders.reminders(client))[RULE]["state"])


async def test_a_client_is_told_neutrally_and_once(reminders: Reminders) -> None:
    client = await reminders.client()
    await handed_over(reminders, client)
    await handed_over(reminders, client)
    async with open_mailbox() as mailbox, working(reminders.database, mailbox.office, MORNING):

        async def sent() -> bool:
            return await state(reminders, client) == "sent"

        await eventually(sent)
        [mail] = mailbox.mail
    assert "From now on somebody else will talk with you about your plans." in mail.get_content()
    last = (await reminders.said())[-1]
    assert (last["verb"], last["rule"], last.get("commitmentId")) == ("sent", RULE, None)


async def test_who_agreed_to_nothing_is_not_written_to(reminders: Reminders) -> None:
    client = await reminders.client(purposes=[])
    await handed_over(reminders, client)
    assert await reminders.reminders(client) == {}


async def test_who_died_meanwhile_is_not(reminders: Reminders) -> None:
    client = await reminders.client()
    referral = await handed_over(reminders, client)
    await reminders.hear(personal(ReferralEnded(referral_id=referral, kind="died", at=MORNING), client))
    async with open_mailbox() as mailbox, working(reminders.database, mailbox.office, MORNING):

        async def cancelled() -> bool:
            return await state(reminders, client) == "cancelled"

        await eventually(cancelled)
        assert mailbox.mail == []

"""Messages on their way out: at most once whatever breaks, at a civil hour, and only while they are wanted."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from deploy.local.postgres import EmbeddedPostgres
from deploy.local.problems import free_port
from services.reminders.settings import PostOffice
from shared.storage.database import Away
from tests.eventually import eventually
from tests.integration.reminders_builder import (
    START,
    Reminders,
    known,
    made,
    noted,
    opened,
    settings_for,
    states,
)
from tests.integration.reminders_post import SENDER, Mailbox, open_mailbox, working

EVENING_BEFORE = START - timedelta(hours=25)
"""18:00 on Tuesday: the first reminder is due."""
MORNING_AFTER = START + timedelta(hours=15)
"""10:00 on Thursday: the questions are due."""
FIRST = "meeting-day-before"


@pytest.fixture
async def reminders(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Reminders]:
    async with opened(settings_for(postgres, tmp_path)) as reminders:
        yield reminders


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    async with open_mailbox() as mailbox:
        yield mailbox


async def somebody(reminders: Reminders, **contact: object) -> UUID:
    client = await reminders.client(**contact)
    await reminders.hear(made(client))
    return client


async def state_of(reminders: Reminders, rule: str = FIRST) -> str:
    rows = await reminders.rows("SELECT state FROM message WHERE rule = %s", rule)
    return str(rows[0][0])


async def becomes(reminders: Reminders, state: str, rule: str = FIRST) -> None:
    async def there() -> bool:
        try:
            return await state_of(reminders, rule) == state
        except Away:  # a connection of the pool that a test cut
            return False

    await eventually(there)


async def test_a_message_that_is_due_is_sent_once_and_said(reminders: Reminders, mailbox: Mailbox) -> None:
    client = await somebody(reminders)
    async with working(reminders.database, mailbox.office, EVENING_BEFORE):
        await becomes(reminders, "sent")
    there = await reminders.reminders(client)
    [mail] = mailbox.mail
    assert (mail["To"], mail["From"], mail["Subject"]) == ("sam@example.org", SENDER, "A note for you")
    assert "Hello Sam," in mail.get_content()
    assert "tomorrow, Wednesday 25 November, at 7pm" in mail.get_content()
    assert mail["Message-ID"] == f"<{there[FIRST]['reminderId']}@post.example>"
    assert str(client) not in mail.as_string()
    last = (await reminders.said())[-1]
    assert (last["verb"], last["messageId"], last["channel"]) == ("sent", there[FIRST]["reminderId"], "email")
    assert states(there, "meeting-two-hours", "did-you-go") == [("planned", None)] * 2


async def test_it_says_who_it_is_from_to_who_chose_that(reminders: Reminders, mailbox: Mailbox) -> None:
    await somebody(reminders, mayNameService=True)
    async with working(reminders.database, mailbox.office, EVENING_BEFORE):
        await becomes(reminders, "sent")
    [mail] = mailbox.mail
    assert mail["From"] == f"Northside <{SENDER}>"
    assert "meeting tomorrow" in mail.get_content()


async def test_several_workers_send_every_message_once(reminders: Reminders, mailbox: Mailbox) -> None:
    addresses = sorted(f"sam{number}@example.org" for number in range(40))
    clients = [await reminders.client(email=address) for address in addresses]
    await reminders.hear(*(made(client) for client in clients))

    async def all_sent() -> bool:
        return await reminders.rows("SELECT count(*) FROM message WHERE state = 'sent'") == [(40,)]

    async with working(reminders.database, mailbox.office, EVENING_BEFORE, workers=3):
        await eventually(all_sent)
    assert sorted(str(mail["To"]) for mail in mailbox.mail) == addresses
    assert sum(each["verb"] == "sent" for each in await reminders.said()) == 40


async def test_a_worker_killed_while_the_server_has_the_message_leaves_it_unknown_for_ever(
    reminders: Reminders, mailbox: Mailbox
) -> None:
    client = await somebody(reminders)
    mailbox.silent = True
    process = await start_worker(reminders, mailbox.port)

    async def has_the_message() -> int:
        return len(mailbox.received)

    await eventually(has_the_message)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    assert states(await reminders.reminders(client), FIRST) == [("planned", None)]

    mailbox.silent = False
    async with working(reminders.database, mailbox.office, EVENING_BEFORE, workers=2):
        await becomes(reminders, "unknown")
        await asyncio.sleep(3)
    assert states(await reminders.reminders(client), FIRST) == [("unknown", "no-answer")]
    assert len(mailbox.received) == 1
    assert (await reminders.said())[-1]["verb"] == "unconfirmed"


async def test_what_another_worker_still_has_in_hand_is_not_given_up(reminders: Reminders, mailbox: Mailbox) -> None:
    await somebody(reminders)
    mailbox.silent = True
    process = await start_worker(reminders, mailbox.port)
    await becomes(reminders, "sending")
    async with working(reminders.database, mailbox.office, EVENING_BEFORE):
        await asyncio.sleep(3)
        assert await state_of(reminders) == "sending"
    process.kill()
    await process.wait()


async def start_worker(reminders: Reminders, port: int) -> asyncio.subprocess.Process:
    databases, master = reminders.settings.of_all.databases, reminders.settings.of_all.master_key_file
    arguments = [databases.url, databases.keys_url, str(master), str(port), EVENING_BEFORE.isoformat()]
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.reminders_worker", *arguments, env={**os.environ}
    )


async def test_a_server_that_hangs_up_after_the_message_leaves_it_unknown(
    reminders: Reminders, mailbox: Mailbox
) -> None:
    mailbox.hangs_up = True
    await somebody(reminders)
    async with working(reminders.database, mailbox.office, EVENING_BEFORE):
        await becomes(reminders, "unknown")
        await asyncio.sleep(3)
    assert len(mailbox.received) == 1


async def test_a_worker_told_to_stop_says_how_far_it_got(reminders: Reminders, mailbox: Mailbox) -> None:
    mailbox.silent = True
    await somebody(reminders)
    async with working(reminders.database, mailbox.office, EVENING_BEFORE):
        await becomes(reminders, "sending")

        async def has_the_message() -> int:
            return len(mailbox.received)

        await eventually(has_the_message)
    assert await state_of(reminders) == "unknown"


async def test_an_answer_that_comes_while_the_database_is_away_is_not_forgotten(
    reminders: Reminders, mailbox: Mailbox
) -> None:
    mailbox.gate = asyncio.Event()
    await somebody(reminders)
    async with working(reminders.database, mailbox.office, EVENING_BEFORE, workers=2):
        await eventually(lambda: _some(mailbox))
        async with reminders.database.work() as uow:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            await uow.connection.execute(f"{others} AND pid <> pg_backend_pid()".encode())
        await asyncio.sleep(3)
        mailbox.gate.set()
        await becomes(reminders, "sent")
    assert len(mailbox.received) == 1
    assert (await reminders.said())[-1]["verb"] == "sent"


async def test_a_post_office_that_is_shut_is_tried_again_later(reminders: Reminders) -> None:
    await somebody(reminders)
    shut = PostOffice("127.0.0.1", free_port(), SENDER, "Northside")

    async def tried(times: int) -> bool:
        return await reminders.rows("SELECT state, attempts FROM message WHERE rule = %s", FIRST) == [
            ("planned", times)
        ]

    async with working(reminders.database, shut, EVENING_BEFORE):
        await eventually(lambda: tried(1))
    async with working(reminders.database, shut, EVENING_BEFORE + timedelta(minutes=1)):
        await eventually(lambda: tried(2))
    async with (
        open_mailbox() as mailbox,
        working(reminders.database, mailbox.office, EVENING_BEFORE + timedelta(minutes=3)),
    ):
        await becomes(reminders, "sent")
    assert len(mailbox.received) == 1


@pytest.mark.parametrize(("recipient", "content"), [("451 later", "250 OK"), ("250 OK", "452 full")])
async def test_not_now_is_tried_again(reminders: Reminders, mailbox: Mailbox, recipient: str, content: str) -> None:
    mailbox.recipient, mailbox.content = recipient, content
    client = await somebody(reminders)
    async with working(reminders.database, mailbox.office, EVENING_BEFORE):

        async def tried() -> bool:
            return (await reminders.rows("SELECT attempts FROM message WHERE rule = %s", FIRST)) == [(1,)] and (
                await state_of(reminders) == "planned"
            )

        await eventually(tried)
    assert states(await reminders.reminders(client), FIRST) == [("planned", None)]
    mailbox.recipient = mailbox.content = "250 OK"
    async with working(reminders.database, mailbox.office, EVENING_BEFORE + timedelta(minutes=2)):
        await becomes(reminders, "sent")


@pytest.mark.parametrize(
    ("recipient", "content", "reason"),
    [("550 nobody here", "250 OK", "recipient-refused"), ("250 OK", "554 no", "message-refused")],
)
async def test_a_refusal_is_final(
    reminders: Reminders, mailbox: Mailbox, recipient: str, content: str, reason: str
) -> None:
    mailbox.recipient, mailbox.content = recipient, content
    client = await somebody(reminders)
    async with working(reminders.database, mailbox.office, EVENING_BEFORE):
        await becomes(reminders, "undeliverable")
        await asyncio.sleep(3)
    assert mailbox.asked == 1
    assert states(await reminders.reminders(client), FIRST) == [("undeliverable", reason)]
    last = (await reminders.said())[-1]
    assert (last["verb"], last["reason"]) == ("undeliverable", reason)


async def test_a_greeting_that_is_no_welcome_is_tried_again(reminders: Reminders) -> None:
    async def not_now(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"421 not now\r\n")
        writer.close()

    server = await asyncio.start_server(not_now, "127.0.0.1", 0)
    await somebody(reminders)
    office = PostOffice("127.0.0.1", server.sockets[0].getsockname()[1], SENDER, "Northside")
    async with server, working(reminders.database, office, EVENING_BEFORE):

        async def tried() -> bool:
            return await reminders.rows("SELECT state, attempts FROM message WHERE rule = %s", FIRST) == [
                ("planned", 1)
            ]

        await eventually(tried)


async def test_a_post_office_shut_until_it_is_too_late_lets_the_message_expire(reminders: Reminders) -> None:
    client = await somebody(reminders)
    shut = PostOffice("127.0.0.1", free_port(), SENDER, "Northside")
    async with working(reminders.database, shut, EVENING_BEFORE + timedelta(minutes=119)):
        await becomes(reminders, "expired")
    assert states(await reminders.reminders(client), FIRST) == [("expired", "could-not-send")]


async def test_quiet_hours_at_the_moment_of_sending_let_a_question_wait_and_a_reminder_expire(
    reminders: Reminders, mailbox: Mailbox
) -> None:
    client = await somebody(reminders)
    async with working(reminders.database, mailbox.office, EVENING_BEFORE + timedelta(hours=3)):
        await becomes(reminders, "expired")
    assert states(await reminders.reminders(client), FIRST) == [("expired", "quiet-hours")]
    async with working(reminders.database, mailbox.office, MORNING_AFTER + timedelta(hours=11)):

        async def waits() -> bool:
            waiting = await reminders.reminders(client)
            return bool(waiting["did-you-go"]["localTime"] == "2026-11-27T09:00:00")

        await eventually(waits)
    assert mailbox.received == []


async def test_a_service_that_was_away_for_a_week_sends_nothing_stale(reminders: Reminders, mailbox: Mailbox) -> None:
    client = await somebody(reminders)
    async with working(reminders.database, mailbox.office, START + timedelta(days=7)):
        await becomes(reminders, "expired", "did-you-go")
    there = await reminders.reminders(client)
    assert {reason for _, reason in states(there, *there)} == {"too-late"}
    assert mailbox.received == []
    assert sum(each["verb"] == "expired" for each in await reminders.said()) == 3


async def test_an_address_that_changed_meanwhile_is_the_one_written_to(reminders: Reminders, mailbox: Mailbox) -> None:
    client = await somebody(reminders)
    await reminders.put(client, email="new@example.org")
    async with working(reminders.database, mailbox.office, EVENING_BEFORE):
        await becomes(reminders, "sent")
    assert [str(mail["To"]) for mail in mailbox.mail] == ["new@example.org"]


async def test_the_questions_go_out_the_next_morning_unless_word_has_come(
    reminders: Reminders, mailbox: Mailbox
) -> None:
    quiet, attended = (
        made(await reminders.client(email="a@example.org")),
        made(await reminders.client(email="b@example.org")),
    )
    await reminders.hear(quiet, attended)
    await reminders.hear(noted(attended, "attended"), at=START + timedelta(hours=1))
    async with working(reminders.database, mailbox.office, MORNING_AFTER):

        async def both() -> bool:
            return len(mailbox.received) == 2

        await eventually(both)
    by_address = {str(mail["To"]): mail.get_content() for mail in mailbox.mail}
    assert "However it turned out is fine" in by_address["a@example.org"]
    assert "We hope Wednesday 25 November was a good day" in by_address["b@example.org"]


async def test_a_message_that_cannot_be_opened_does_not_hold_up_the_others(
    reminders: Reminders, mailbox: Mailbox
) -> None:
    broken, well = await somebody(reminders), await somebody(reminders, email="well@example.org")
    async with reminders.database.work() as uow:
        await uow.connection.execute("UPDATE contact SET sealed = 'x' WHERE client = %s", (broken,))
        await uow.connection.execute(
            "UPDATE message SET next_try_at = next_try_at - interval '1s' WHERE client = %s", (broken,)
        )
    async with working(reminders.database, mailbox.office, EVENING_BEFORE):

        async def sent() -> bool:
            rows = await reminders.rows("SELECT state FROM message WHERE client = %s AND rule = %s", well, FIRST)
            return rows == [("sent",)]

        await eventually(sent)
    assert [str(mail["To"]) for mail in mailbox.mail] == ["well@example.org"]


async def test_a_client_who_is_erased_while_something_is_planned_gets_nothing(
    reminders: Reminders, mailbox: Mailbox
) -> None:
    client, other = await somebody(reminders), await somebody(reminders, email="other@example.org")
    await reminders.hear(known(client, state="erased"))
    async with working(reminders.database, mailbox.office, EVENING_BEFORE):
        await eventually(lambda: _some(mailbox))
    assert [str(mail["To"]) for mail in mailbox.mail] == ["other@example.org"]
    assert other != client


async def _some(mailbox: Mailbox) -> int:
    return len(mailbox.received)

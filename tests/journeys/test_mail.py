"""Scene: a client committed to a meeting that begins soon, and wants to be reminded."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from shared.meetings import ORGANISATIONS
from tests.eventually import eventually
from tests.fictional import early_afternoon
from tests.journeys.local_run import LocalRun
from tests.journeys.newcomers import Newcomer, newcomer, soon_to_begin

_TELLING = re.compile(
    r"\b(meeting|group|mutual|aid|recover\w*|sober|alcohol|drug|service|keyworker|nhs|famalink|client)\b"
)


async def test_a_reminder_is_sent_in_words_that_tell_others_nothing(run: LocalRun) -> None:
    client, meeting = await newcomer(run), soon_to_begin()
    address = f"{client.nhs_number}@client.example"
    await client.can_be_written_to(address)
    await client.commits_to(meeting)
    await eventually(lambda: _is_sent(client))
    [mail] = await eventually(lambda: _to(run, address))
    assert mail["subject"] == "A note for you"
    text = f"{mail['subject']} {mail['from']} {mail.get_content()}".lower()
    assert not _TELLING.findall(text)
    assert not [each.label for each in ORGANISATIONS.values() if each.label.lower() in text]
    assert f"today at {meeting.start.astimezone(early_afternoon()).hour - 12}pm" in text


async def _is_sent(client: Newcomer) -> bool:
    answer = await client.run.doors.call("kay", "GET", "reminders", f"/api/clients/{client.client_id}/reminders")
    return ("meeting-two-hours", "sent") in [(one["rule"], one["state"]) for one in answer.json()["reminders"]]


async def _to(run: LocalRun, address: str) -> list[EmailMessage]:
    """What the mail catcher holds for somebody."""
    caught = [message_from_bytes(raw, policy=policy.default) for raw in _caught(run)]
    return [mail for mail in caught if mail["X-Envelope-To"] == address]


def _caught(run: LocalRun) -> list[bytes]:
    return [file.read_bytes() for file in run.mail.glob("*.eml")]

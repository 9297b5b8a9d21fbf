"""The mail catcher is a real SMTP server: what is sent to it lies in a folder, whole."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest

from deploy.local.mail import mail_catcher
from deploy.local.problems import free_port


def message(words: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "notes@post.example", "sam@example.org", "Tomorrow"
    made.set_content(words)
    return made


async def test_each_message_becomes_one_file_with_whom_it_was_for(tmp_path: Path) -> None:
    port = free_port()
    async with mail_catcher(tmp_path / "mail", port):
        for words in ("first, naïve", "second"):
            await aiosmtplib.send(message(words), hostname="127.0.0.1", port=port, recipients=["hidden@example.org"])

    caught = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in (tmp_path / "mail").iterdir()]
    assert {str(mail.get_content()).strip() for mail in caught} == {"first, naïve", "second"}
    assert {mail["X-Envelope-To"] for mail in caught} == {"hidden@example.org"}
    assert {file.suffix for file in (tmp_path / "mail").iterdir()} == {".eml"}


async def test_nothing_listens_once_it_is_closed(tmp_path: Path) -> None:
    port = free_port()
    async with mail_catcher(tmp_path / "mail", port):
        pass

    with pytest.raises(aiosmtplib.SMTPConnectError):
        await aiosmtplib.send(message("too late"), hostname="127.0.0.1", port=port)

"""Saying who a client is: `client.known` carries the whole state, so each change says all of it."""

import base64
import hashlib
import os
from collections.abc import Sequence
from datetime import datetime

from services.referrals.domain.clients import Client
from services.referrals.store import accesses, clients, kept_apart
from shared.events.referrals import ClientKnown, OpenedTo
from shared.events.saying import about_client
from shared.storage.database import UnitOfWork

_CODE_BYTES = 10
"""80 random bits: nobody guesses an attendance card, and it fits on one line (decision 16)."""


def new_card() -> tuple[str, bytes]:
    """The code that is printed on a card, and the SHA-256 that is kept of it."""
    code = base64.b32encode(os.urandom(_CODE_BYTES)).decode()
    return code, hashlib.sha256(code.encode()).digest()


def say_known(
    uow: UnitOfWork,
    client: Client,
    opened_to: Sequence[tuple[str, datetime]] = (),
    closed_to: Sequence[str] = (),
) -> None:
    """`client.version` was raised with the change: who hears an older one later passes it over.

    `opened_to`: who has broken the glass, and until when. `closed_to`: colleagues who are kept apart from them.
    """
    erased = client.state == "erased"
    data = ClientKnown(
        state="erased" if erased else "active",
        time_zone="Etc/UTC" if erased else client.time_zone,
        card_sha256=client.card_sha256.hex() if client.card_sha256 else None,
        peers=client.peers,
        emitters=tuple(client.emitters),
        reads_text=None if client.reads_text or erased else False,
        opened_to=tuple(OpenedTo(sub=sub, until=until) for sub, until in opened_to) or None,
        closed_to=tuple(closed_to) or None,
    )
    event = about_client(
        uow.service,
        data,
        client=client.client_id,
        provider=client.provider,
        team=client.team,
        time=uow.now,
        recorded=uow.now,
        sequence=client.version,
    )
    uow.say(event)


async def tell(uow: UnitOfWork, client: Client) -> None:
    """Kept, and said to the others, as its next version."""
    client.version += 1
    await clients.change(uow.connection, client)
    opened_to = await accesses.standing(uow.connection, client.client_id, uow.now)
    marks = await kept_apart.of_client(uow.connection, client.client_id)
    say_known(uow, client, opened_to, [mark.other.id for mark in marks if mark.other.kind == "staff"])

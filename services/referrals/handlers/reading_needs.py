"""What a session notes of reading needs is the client's: those who would write to them are told."""

from collections.abc import Sequence

from services.referrals.domain.case import Case
from services.referrals.domain.events_sessions import SessionCorrected, SessionHeld
from services.referrals.domain.needs import reads_text
from services.referrals.handlers.knowing import tell
from services.referrals.store import clients, pathways
from shared.storage.database import UnitOfWork


async def tell_needs(uow: UnitOfWork, decided: Sequence[Case]) -> None:
    """Once per change: who reads no text is sent none, whichever of their pathways noted it."""
    held = [
        case for case in decided if any(isinstance(event, SessionHeld | SessionCorrected) for event in case.happened)
    ]
    for client_id in {case.pathway.client_id for case in held}:
        theirs = await pathways.of_clients(uow, [client_id], lock=False)
        reads = reads_text([case.pathway for case in theirs])
        client = await clients.by_id(uow.connection, client_id)
        if client is not None and client.reads_text != reads:
            client = await clients.by_id(uow.connection, client_id, lock=True)
            assert client is not None  # noqa: S101  # an erasure waits for the pathway's lock
            client.reads_text = reads
            await tell(uow, client)

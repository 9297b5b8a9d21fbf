"""What the doors of company need beside a body: who, the unit of work, and the audit of what is seen and changed."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from starlette.requests import Request

from services.referrals.handlers.saving import Saving
from services.referrals.http.answers import SavingHere
from services.referrals.peers.links import Links
from shared.storage.audit import AuditLog
from shared.storage.database import UnitOfWork
from shared.web.access import Arranger
from shared.web.identity import Person
from shared.web.work import Work


async def noted(
    request: Request, who: Person, subject: str, client: UUID | None = None, *, action: str = "read"
) -> None:
    """Before anything is shown. `client`: whose request it is, if it is about one."""
    audit: AuditLog = request.app.state.audit
    request_id = request.state.request_id
    await audit.note(who.actor, who.provider, action, subject, client=client, request_id=request_id)


@dataclass(frozen=True, slots=True)
class Arranging:
    """Somebody who pairs."""

    who: Person
    uow: UnitOfWork
    saving: Saving
    request: Request

    @property
    def links(self) -> Links:
        links: Links = self.request.app.state.links
        return links

    async def noted(self, subject: str, client: UUID, action: str) -> None:
        await noted(self.request, self.who, subject, client, action=action)


def _arranging(who: Arranger, uow: Work, saving: SavingHere, request: Request) -> Arranging:
    return Arranging(who, uow, saving, request)


# The function's scope, as its unit of work has: the commit comes before the answer.
Here = Annotated[Arranging, Depends(_arranging, scope="function")]

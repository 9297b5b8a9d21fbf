"""What the routes share: the pathway's ETag on every answer, `If-Match`, ids in the path, the audit."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Depends, Header, Path
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.case import Case
from services.referrals.domain.pathway import Pathway as State
from services.referrals.handlers.pathway import Rule, command
from services.referrals.handlers.saving import Saving
from shared.storage.audit import AuditLog
from shared.storage.database import UnitOfWork
from shared.web.access import Keyworker
from shared.web.conditional import etag
from shared.web.identity import Person
from shared.web.work import Work

ReferralId = Annotated[UUID, Path(alias="referralId")]
IfMatch = Annotated[str | None, Header(alias="If-Match")]


def _saving(request: Request) -> Saving:
    saving: Saving = request.app.state.saving
    return saving


SavingHere = Annotated[Saving, Depends(_saving)]


@dataclass(frozen=True, slots=True)
class Commanding:
    """A keyworker at a pathway: what every command needs beside its body."""

    referral_id: UUID
    worker: Person
    uow: UnitOfWork
    saving: Saving
    if_match: str | None

    @property
    def now(self) -> datetime:
        return self.uow.now

    async def do(self, rule: Rule, others: Rule | None = None) -> Case:
        """See `handlers.pathway.command`."""
        who = (self.referral_id, self.worker)
        return await command(self.uow, self.saving, *who, rule, others=others, if_match=self.if_match)


def _commanding(
    referral_id: ReferralId, worker: Keyworker, uow: Work, saving: SavingHere, if_match: IfMatch = None
) -> Commanding:
    return Commanding(referral_id, worker, uow, saving, if_match)


# The function's scope, as its unit of work has: the commit comes before the answer.
Pathway = Annotated[Commanding, Depends(_commanding, scope="function")]


def answer(
    content: Mapping[str, Any], pathway: State, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """The ETag counts people's commands: attendance does not bump it (decision 2)."""
    tag = {"ETag": etag(pathway.commands_version)}
    return Response(orjson.dumps(content), status, {**tag, **(headers or {})}, "application/json")


def listed(content: Mapping[str, Any], status: int = 200) -> Response:
    """What has no version of its own."""
    return Response(orjson.dumps(content), status, media_type="application/json")


async def audited(request: Request, worker: Person, subject: str, client: UUID, *, action: str = "read") -> None:
    """Noted before anything is shown."""
    audit: AuditLog = request.app.state.audit
    request_id = request.state.request_id
    await audit.note(worker.actor, worker.provider, action, subject, client=client, request_id=request_id)


async def audited_each(request: Request, worker: Person, subject: str, clients: Collection[UUID]) -> None:
    """A list shows everybody on it: noted for each of them."""
    audit: AuditLog = request.app.state.audit
    await audit.note_each(worker.actor, worker.provider, "search", subject, clients, request.state.request_id)

"""What is asked about in whose hands a client is."""

from typing import Annotated

from pydantic import Field

from services.referrals.handlers import searching
from services.referrals.handlers.handing_over import Handover
from services.referrals.http.bodies import Body
from services.referrals.http.values import Code, Date, MaybeWords, Name
from shared.problems import Problem
from shared.storage.database import UnitOfWork
from shared.web.identity import Person
from shared.web.problems import unprocessable


class HandoverIn(Body):
    """`to`: a colleague's `sub`, as `/api/colleagues` lists them. Or a `team` that will find somebody."""

    to: Code | None = None
    team: Code | None = None

    def wanted(self) -> Handover:
        if (self.to is None) == (self.team is None):
            raise unprocessable(
                Problem("to", "one-of-two", "Say to which colleague, or to which team: one of the two.")
            )
        return Handover(self.to, self.team)


class AccessIn(Body):
    """The reason, in the worker's own words. An empty one is refused as such."""

    reason: MaybeWords = ""


class SearchIn(Body):
    """An NHS number, or a name (parts of it will do) with or without a birth date."""

    nhs_number: Annotated[str, Field(max_length=20)] | None = None
    name: Name | None = None
    birth_date: Date | None = None

    async def search(self, uow: UnitOfWork, worker: Person) -> searching.Hits:
        if (self.nhs_number is None) == (self.name is None):
            reason = "Say an NHS number or a name: one of the two."
            raise unprocessable(Problem("name", "one-of-two", reason))
        if self.nhs_number is not None:
            return await searching.by_number(uow, worker, self.nhs_number)
        return await searching.by_name(uow, worker, self.name or "", self.birth_date)

"""Records attendance: which reports become facts, and what stands after each. All of a transaction at once."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from services.journal.domain import refusals
from services.journal.domain.attendance import Fact, Occasion, correction_problem, fact_reported, says_the_same
from services.journal.domain.clients import Client
from services.journal.domain.emitters import Emitter
from services.journal.domain.refusals import NotTaken
from services.journal.domain.reports import Report
from services.journal.domain.standing import Standing, Words
from services.journal.handlers.listed import Listed
from services.journal.handlers.saying import attendance_event
from services.journal.store import clients, facts
from services.journal.store.facts import Raced
from services.journal.store.listed import version_while_nobody_is_erased
from shared.storage.database import Connection, Database, UnitOfWork
from shared.telemetry.logs import logger

log = logger()
Answer = NotTaken | None
"""None: it is a fact, now or since it was first sent."""


_RACES = 25
"""Each time somebody else has won and is out of the race; so many at once about one evening are not people."""


async def take_attendance(
    database: Database, listed: Listed, reports: Sequence[Report], sender: Emitter
) -> list[Answer]:
    """In a transaction of its own, committed when this returns. Whoever loses a race for an event finds it recorded."""
    for _ in range(_RACES):
        with suppress(Raced):
            async with database.work() as uow:
                return await record_attendance(uow, listed, reports, sender)
    raise Raced


async def record_attendance(
    uow: UnitOfWork, listed: Listed, reports: Sequence[Report], sender: Emitter | None = None
) -> list[Answer]:
    """In the reports' order. `sender`: who brought them by HTTP; on the intake topic the source speaks for itself."""
    await listed.follow(uow.connection, await version_while_nobody_is_erased(uow.connection))
    if not reports:
        return []
    people = await _People.found(uow.connection, reports)
    ledger = await _Ledger.of(uow.connection, reports)
    drafts = [_draft(uow, listed, people, report, sender) for report in reports]
    await ledger.look_up(uow.connection, drafts)
    answers = [_entered(uow, ledger, report, draft) for report, draft in zip(reports, drafts, strict=True)]
    await _keep(uow, ledger.new)
    return answers


def _draft(
    uow: UnitOfWork, listed: Listed, people: "_People", report: Report, sender: Emitter | None
) -> Fact | NotTaken:
    registered = listed.registered(report.source, sender)
    return fact_reported(report, registered, people.of(report), listed.directory, uow.now)


def _entered(uow: UnitOfWork, ledger: "_Ledger", report: Report, draft: Fact | NotTaken) -> Answer:
    """What was recorded before is answered as it was then, whatever has changed since."""
    if known := ledger.facts.get(report.fact_id.int):
        same = known.content == report.content or says_the_same(known, draft)
        return None if same else refusals.OTHER_CONTENT
    if isinstance(draft, NotTaken):
        return draft
    if problem := correction_problem(draft, ledger.facts):
        return problem
    uow.say(attendance_event(draft, ledger.enter(draft), uow.now, report.traceparent))
    return None


async def _keep(uow: UnitOfWork, new: Sequence[Fact]) -> None:
    if new:
        await facts.add(uow.connection, new, uow.now)
        log.info("attendance.recorded", count=len(new))


class _Ledger:
    """The facts that matter to a batch, found in the database and entered since. Ids as numbers: see `Occasion`."""

    def __init__(self, found: Iterable[Fact]) -> None:
        self.facts = {fact.fact_id.int: fact for fact in found}
        self.new: list[Fact] = []
        self._words: dict[Occasion, Words] = {}

    @classmethod
    async def of(cls, connection: Connection, reports: Sequence[Report]) -> "_Ledger":
        corrected = [report.corrects for report in reports if report.corrects]
        return cls(await facts.by_id(connection, [report.fact_id for report in reports] + corrected))

    async def look_up(self, connection: Connection, drafts: Sequence[Fact | NotTaken]) -> None:
        """What was said before about the same occasions."""
        one_of_each = {draft.occasion: draft for draft in drafts if isinstance(draft, Fact)}
        self._words = {occasion: Words() for occasion in one_of_each}
        for fact in await facts.by_occasion(connection, one_of_each.values()):
            self._words[fact.occasion].hear(fact)

    def enter(self, fact: Fact) -> Standing:
        words = self._words[fact.occasion]
        words.hear(fact)
        fact.nth = words.heard
        self.facts[fact.fact_id.int] = fact
        self.new.append(fact)
        return words.stand


class _People:
    """Whom a batch is about."""

    def __init__(self, found: Iterable[Client]) -> None:
        self._by_id = {client.client.int: client for client in found}
        self._by_card = {client.card: client for client in self._by_id.values() if client.card}

    @classmethod
    async def found(cls, connection: Connection, reports: Sequence[Report]) -> "_People":
        cards = {report.card for report in reports if report.card}
        named = {report.client.int: report.client for report in reports if report.client}
        found = await clients.by_id(connection, named.values()) if named else []
        return cls([*found, *(await clients.by_card(connection, cards) if cards else [])])

    def of(self, report: Report) -> Client | None:
        if report.client is not None:
            return self._by_id.get(report.client.int)
        return self._by_card.get(report.card) if report.card else None

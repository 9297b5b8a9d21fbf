"""Somebody with everything: Robin, a client of X99's north team, whom X98 must never learn of."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from random import SystemRandom
from typing import Any
from uuid import UUID, uuid4

from services.referrals.directory.store import listed, runs
from services.referrals.directory.store.runs import Asked
from shared.events.contract import Contract
from shared.events.directory import MeetingListed
from shared.events.reminders import MessageUndeliverable
from shared.events.saying import impersonal
from shared.meetings import Meeting
from shared.messaging.received import Setback
from shared.messaging.setbacks import write
from shared.problems import Problem
from tests.integration.company_builder import ROWAN, WISH
from tests.integration.referrals_builder import days_ahead, meeting
from tests.integration.systems_builder import ec_key
from tests.integration.walls.builder import SERVICES, World

NUMBER = "9990548609"
SOURCE = "https://check-in.example/x99"
FOREIGN_SOURCE = "https://check-in.example/x98"
ROBIN: dict[str, Any] = {
    "nhsNumber": NUMBER,
    "name": "Robin Quillfeather",
    "birthDate": "1980-02-03",
    "for": "self",
    "forWhat": ["alcohol"],
    "timeZone": "Europe/London",
}
CONTACT: dict[str, Any] = {
    "email": "robin.quillfeather@mail.example",
    "phone": "07700 900982",
    "nameToUse": "Birdie",
    "timeZone": "Europe/London",
    "purposes": ["meeting-reminders", "check-ins"],
    "mayNameService": False,
}
AA = meeting("AA", weekday=2)


@dataclass(frozen=True)
class Scene:
    """Ids as routes name them. `seq` and `letter` are of each service: Robin's parked event and dead letter there."""

    referral: str
    client: str
    card: str
    session: str
    goal: str
    attend_goal: str
    planned: str
    attended: str
    message: UUID
    seq: dict[str, int]
    letter: dict[str, UUID]
    fact_event: str
    peer: str
    company: str

    @property
    def ids(self) -> set[str]:
        return {self.referral, self.client, self.session, self.goal, self.planned, self.attended, str(self.message)}


async def everyday(world: World, **who: object) -> Scene:
    """Robin unless told otherwise: `who` replaces what is said when the referral is opened."""
    await _lists(world, AA)
    await _registers(world, "check-in", "X99", SOURCE, "otto")
    await _registers(world, "check-in-south", "X98", FOREIGN_SOURCE, "ola")
    opened = await world.told(
        "kay", "POST", "referrals", "/api/referrals", json={**ROBIN, "openedAt": _ago(days=40)} | who
    )
    at, client = f"/api/referrals/{opened['referralId']}", opened["clientId"]
    agreed = {"records": True, "peers": True, "emitters": [SOURCE]}
    await world.told("kay", "PUT", "referrals", f"{at}/consents", json=agreed)
    await world.told("kay", "PUT", "reminders", f"/api/clients/{client}/contact", json=CONTACT)
    session = await world.told("kay", "POST", "referrals", f"{at}/sessions", json={"stage": 1, "heldAt": _ago(days=30)})
    keeps = await world.told(
        "kay", "POST", "referrals", f"{at}/goals", json={"kind": "keep-journal", "state": "agreed"}
    )
    last, coming = days_ahead(2, weeks=-1), days_ahead(2, weeks=1)
    went = await world.told("kay", "POST", "referrals", f"{at}/commitments", json=_to(last, f"{last}T08:00:00Z"))
    plans = await world.told("kay", "POST", "referrals", f"{at}/commitments", json=_to(coming))
    fact = reported(f"{last}T20:30:00Z", client=client)
    emitter = await world.system("attendance.write", source=SOURCE, name="check-in")
    await world.told(emitter, "POST", "journal", "/events", json=fact, headers=CLOUD)
    [(message,), *_] = await world["reminders"].rows(_PLANNED, client)
    await _fetches(world)
    both = {name: await stuck(world, name, client) for name in SERVICES}
    peer = await world.told("rae", "POST", "referrals", "/api/peers", json=ROWAN)
    alone = await world.told("kay", "POST", "referrals", f"{at}/commitments/{plans['commitmentId']}/company", json=WISH)
    return Scene(
        referral=opened["referralId"],
        client=client,
        card=opened["cardCode"],
        session=session["sessionId"],
        goal=keeps["goalId"],
        attend_goal=went["goalId"],
        planned=plans["commitmentId"],
        attended=went["commitmentId"],
        message=message,
        seq={name: seq for name, (seq, _) in both.items()},
        letter={name: letter for name, (_, letter) in both.items()},
        fact_event=fact["id"],
        peer=peer["peerId"],
        company=alone["companyId"],
    )


_PLANNED = "SELECT message_id FROM message WHERE client = %s AND state = 'planned'"
CLOUD = {"content-type": "application/cloudevents+json"}


def reported(observed: str, *, source: str = SOURCE, **said: object) -> dict[str, Any]:
    """An emitter's word that somebody attended. `said`: of whom, by client or cardCode, and what else its data says."""
    data = {"meetingId": str(AA.meeting_id), "outcome": "attended", "observedAt": observed, "reportedBy": "emitter"}
    return {
        "specversion": "1.0",
        "id": uuid4().hex,
        "source": source,
        "type": "uk.famalink.journal.attendance.reported.v1",
        "data": data | said,
    }


def undeliverable(scene_message: UUID, commitment: str) -> Contract:
    return MessageUndeliverable(
        message_id=scene_message,
        rule="meeting-day-before",
        commitment_id=UUID(commitment),
        due_at=datetime.now(UTC),
        reason="refused",
    )


def _to(day: date, made_at: str | None = None) -> dict[str, str]:
    return {"meetingId": str(AA.meeting_id), "date": str(day)} | ({"madeAt": made_at} if made_at else {})


async def _lists(world: World, aa: Meeting) -> None:
    """In the directory, and told to all."""
    said = {field.name: getattr(aa, field.name) for field in fields(aa)}
    async with world["referrals"].database.work() as uow:
        await listed.put(uow.connection, [aa])
        now = uow.now
        uow.say(impersonal("referrals", MeetingListed(**said), key=str(aa.meeting_id), time=now, recorded=now))
    await world.settle()


FEED_SOURCE, FEED_IMPORT = UUID(int=1), UUID(int=2)


async def _fetches(world: World) -> None:
    """A feed with a source, and an import of it that waits."""
    async with world["referrals"].database.work() as uow:
        await uow.connection.execute(_FEED, (FEED_SOURCE,))
        await runs.ask(uow.connection, Asked(FEED_IMPORT, FEED_SOURCE, "person:otto", agreed=False), uow.now)


_FEED = """
INSERT INTO directory_source
    (source_id, feed, format, url, time_zone, every_hours, owner, area, added_at, added_by, due_at)
VALUES (%s, 'walls', 'csv', 'https://lists.example/', 'Europe/London', 24, 'Otto', 'North', now(), 'person:otto', now())
ON CONFLICT DO NOTHING
"""


async def _registers(world: World, name: str, provider: str, source: str, operator: str) -> None:
    body: dict[str, Any] = {"name": name, "provider": provider, "source": source, "reportsAs": "emitter"}
    body |= {"scopes": ["attendance.write"], "jwks": ec_key().jwks}
    await world.told(operator, "POST", "referrals", "/api/systems", json=body)


async def stuck(world: World, name: str, client: str) -> tuple[int, UUID]:
    """A parked event and a dead letter about somebody of X99: the `seq` of the one, the `id` of the other."""
    service = world[name]
    topic = next(topic for topic in service.topics if topic not in ("fama.directory", "fama.systems"))
    waits, dead = [world.record(topic, client, [], b"{}") for _ in "12"]
    whose: dict[str, Any] = {"event_id": str(uuid4()), "client": UUID(client), "provider": "X99"}
    async with service.database.work() as uow:
        problem = Problem("", "handler-failed", "It failed.")
        parked = Setback(received=waits, park_under=str(uuid4()), problem=problem, **whose)
        await write(uow, [parked, Setback(received=dead, problem=problem, **whose)])
    [(seq,)] = await service.rows('SELECT seq FROM parked WHERE topic = %s AND "offset" = %s', topic, waits.offset)
    [(letter,)] = await service.rows(
        'SELECT id FROM dead_letter WHERE topic = %s AND "offset" = %s', topic, dead.offset
    )
    await world.settle()
    return seq, letter


def nhs_number() -> str:
    """A sound one of the range for tests, of nobody here."""
    while True:
        digits = f"999{SystemRandom().randrange(10**6):06}"
        check = 11 - sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=True)) % 11
        if check != 10:
            return digits + str(check % 11)


def _ago(**span: int) -> str:
    return (datetime.now(UTC) - timedelta(**span)).isoformat()

"""A check-in app that loses nothing: on a time-out, a 5xx or no answer at all it sends the same event again."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson
from aiokafka import AIOKafkaProducer

from deploy.local.demo.doors import Doors
from deploy.local.demo.systems import EMITTER
from shared.cli.attendance_event import attendance_event
from shared.cli.failing import Failed
from tests.faults.clients import Client, Occasion

_SINGLE = "application/cloudevents+json"
_BATCH = "application/cloudevents-batch+json"
_OUTCOMES = ("attended", "not-attended", "not-known")
_OF_YESTERDAY = ("attended", "not-known")
"""Attended stays attended then: a message that asks about it is planned once."""


@dataclass(frozen=True, slots=True)
class Report:
    """One event, and which fact it will be: the rule of the contract, worked out here by itself."""

    of: Occasion
    outcome: str
    event: dict[str, Any]

    @property
    def fact(self) -> UUID:
        name = f"{EMITTER.source} {self.event['id']}"
        return uuid5(NAMESPACE_URL, f"https://famalink.example/attendance/{name}")


def reports_about(clients: Iterable[Client], each: Sequence[int], random: Random) -> list[Report]:
    """`each`: numbers of the reports of an occasion. In any order; by some occasions' reports nobody was there."""
    reports = []
    for client in clients:
        for occasion in client.occasions:
            yesterday = occasion is client.occasions[-1]
            for nth in each:
                some = (
                    "attended" if yesterday and nth == 0 else random.choice(_OF_YESTERDAY if yesterday else _OUTCOMES)
                )
                reports.append(_report(occasion, some, nth))
    random.shuffle(reports)
    return reports


def _report(of: Occasion, outcome: str, nth: int) -> Report:
    said = {
        "client": str(of.client),
        "meeting_id": str(of.meeting),
        "outcome": outcome,
        "observed_at": (of.ended + timedelta(seconds=nth)).isoformat(),
        "reported_by": "emitter",
    }
    return Report(of, outcome, attendance_event(f"{of.commitment}-{nth}", str(EMITTER.source), said))


@dataclass
class Emitter:
    """`again` counts what had to be sent once more. Without a producer it speaks HTTP only."""

    doors: Doors
    producer: AIOKafkaProducer | None = None
    intake: str = ""
    again: int = 0
    _under_way: list[asyncio.Task[None]] = field(default_factory=list)

    async def by_kafka(self, reports: Sequence[Report]) -> None:
        assert self.producer is not None
        for report in reports:
            headers = [("content-type", _SINGLE.encode())]
            await self.producer.send(self.intake, orjson.dumps(report.event), headers=headers)

    def by_http(self, reports: Sequence[Report], *, batch: bool) -> None:
        """Goes on until each was taken; `done` waits for that."""
        events = [report.event for report in reports]
        sendings = [self._until_taken(events)] if batch else [self._until_taken([event]) for event in events]
        self._under_way += [asyncio.create_task(sending) for sending in sendings]

    async def done(self) -> None:
        if self.producer is not None:
            await self.producer.flush()
        await asyncio.gather(*self._under_way)

    async def _until_taken(self, events: list[dict[str, Any]]) -> None:
        while not await self._taken(events):
            self.again += len(events)
            await asyncio.sleep(0.4)

    async def _taken(self, events: list[dict[str, Any]]) -> bool:
        kind = _SINGLE if len(events) == 1 else _BATCH
        body: object = events[0] if len(events) == 1 else events
        caller = EMITTER.caller("attendance.write")
        sent = {"content": orjson.dumps(body), "headers": {"content-type": kind}, "timeout": 10}
        try:
            answer = await self.doors.call(caller, "POST", "journal", "/events", also=range(500, 600), **sent)
        except Failed as failed:
            if "does not answer" not in failed.message:
                raise
            return False
        said = answer.json() if answer.status_code == 202 else None
        assert not said or not said["rejected"], said["rejected"]
        return said is not None

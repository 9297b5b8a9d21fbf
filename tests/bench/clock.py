"""What a run takes of time and CPU, from the first batch in hand to the last commit."""

from collections.abc import Sequence
from statistics import median
from time import perf_counter

import psutil

from shared.messaging.received import Desk, Received, Setback, Topic
from shared.storage.database import UnitOfWork


class Clock:
    """From the first batch in hand to the last commit. CPU of this process, and of PostgreSQL's all together."""

    def __init__(self, postgres_port: int) -> None:
        self._postgres = next(
            connection.pid
            for connection in psutil.net_connections("tcp")
            if connection.status == "LISTEN" and connection.laddr and connection.laddr.port == postgres_port
        )
        self._began: tuple[float, float, float] | None = None

    def start(self) -> None:
        if self._began is None:
            self._began = self._now()

    def read(self, events: int) -> dict[str, float]:
        assert self._began is not None
        seconds, service, database = (now - then for now, then in zip(self._now(), self._began, strict=True))
        return {
            "per_second": events / seconds,
            "cpu_service": service / events * 1e6,
            "cpu_database": database / events * 1e6,
        }

    def _now(self) -> tuple[float, float, float]:
        server = psutil.Process(self._postgres)
        return perf_counter(), _cpu(psutil.Process()), sum(map(_cpu, [server, *server.children()]))


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system + times.children_user + times.children_system


class Tally:
    """Counts what a topic's desk has taken, and starts the clock with the first of it."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.taken = 0

    def over(self, topic: Topic) -> Topic:
        return Topic(topic.name, self._watched(topic.desk), topic.ordered)

    def _watched(self, desk: Desk) -> Desk:
        async def apply(uow: UnitOfWork, batch: Sequence[Received]) -> list[Setback]:
            self.clock.start()
            back = await desk(uow, batch)
            assert not back, back[0].problem
            self.taken += len(batch)
            return back

        return apply


def middle(figures: Sequence[dict[str, float]]) -> dict[str, float]:
    """Of several runs, each figure's median."""
    return {name: round(median(figure[name] for figure in figures), 1) for name in figures[0]}

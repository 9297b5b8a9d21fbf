import asyncio
from collections.abc import Sequence

import pytest

from shared.storage.gathering import Gathering, Overloaded


class Desk:
    """Doubles what it is given; remembers what came together."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.batches: list[list[int]] = []

    async def carry_out(self, asked: Sequence[int]) -> list[int]:
        self.batches.append(list(asked))
        await asyncio.sleep(self.seconds)
        if 13 in asked:
            raise ValueError("unlucky")
        return [2 * number for number in asked]


async def test_what_is_asked_meanwhile_goes_together_and_each_gets_its_own_answer() -> None:
    desk = Desk(0.01)
    gathering = Gathering(desk.carry_out)
    answers = await asyncio.gather(*(gathering.ask(n) for n in range(10)))
    assert answers == [2 * n for n in range(10)]
    assert len(desk.batches) <= 2


async def test_one_after_another_never_waits_for_company() -> None:
    gathering = Gathering(Desk().carry_out)
    for n in range(100, 300):
        assert await asyncio.wait_for(gathering.ask(n), 1) == 2 * n


async def test_callers_that_come_and_go_in_any_order_are_all_answered() -> None:
    desk = Desk()
    gathering = Gathering(desk.carry_out, largest=3)

    async def caller(n: int) -> None:
        for turn in range(20):
            await asyncio.sleep((n * 7 + turn * 3) % 5 / 10_000)
            assert await gathering.ask(100 * n + turn) == 2 * (100 * n + turn)

    await asyncio.wait_for(asyncio.gather(*(caller(n) for n in range(1, 20))), 20)
    assert max(map(len, desk.batches)) <= 3


async def test_when_a_statement_fails_all_that_were_in_it_are_told_and_the_next_go_on() -> None:
    gathering = Gathering(Desk().carry_out)
    answers = await asyncio.gather(*(gathering.ask(n) for n in (12, 13, 14)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [ValueError] * 3
    assert await gathering.ask(15) == 30


async def test_one_that_spoils_it_for_the_others_fails_alone() -> None:
    desk = Desk()
    gathering = Gathering(desk.carry_out, spoiled=(ValueError,))
    answers = await asyncio.gather(*(gathering.ask(n) for n in (12, 13, 14)), return_exceptions=True)
    assert isinstance(answers[1], ValueError)
    assert [answers[0], answers[2]] == [24, 28]
    assert desk.batches == [[12, 13, 14], [12], [13], [14]]


async def test_who_hung_up_takes_nobody_along() -> None:
    desk = Desk(0.01)
    gathering = Gathering(desk.carry_out)
    first = asyncio.create_task(gathering.ask(1))
    await asyncio.sleep(0.001)
    gone, stays = (asyncio.create_task(gathering.ask(n)) for n in (2, 3))
    await asyncio.sleep(0.001)
    gone.cancel()
    assert list(await asyncio.gather(first, stays)) == [2, 6]
    assert desk.batches == [[1], [3]]


async def test_more_than_can_be_served_soon_is_refused_at_once() -> None:
    gathering = Gathering(Desk(0.01).carry_out, waiting=2)
    first = asyncio.create_task(gathering.ask(1))
    await asyncio.sleep(0.001)
    waiting = [asyncio.create_task(gathering.ask(n)) for n in (2, 3)]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded):
        await gathering.ask(4)
    assert await asyncio.gather(first, *waiting) == [2, 4, 6]

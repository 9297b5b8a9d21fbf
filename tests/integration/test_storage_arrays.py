"""Arrays that are spelt by hand are what PostgreSQL reads."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from shared.storage.arrays import Dates, Uuids
from shared.storage.database import Database


@pytest.mark.parametrize("values", [[], [UUID(int=0)], [uuid4() for _ in range(300)]])
async def test_ids_arrive_as_they_are_and_in_their_order(database: Database, values: list[UUID]) -> None:
    async with database.reading() as connection:
        row = await (await connection.execute("SELECT %b", (Uuids(values),))).fetchone()

    assert row == (values,)


async def test_an_array_that_holds_nothing_matches_nothing(database: Database) -> None:
    async with database.reading() as connection:
        row = await (await connection.execute("SELECT %s::uuid = ANY(%b)", (uuid4(), Uuids([])))).fetchone()

    assert row == (False,)


async def test_dates_arrive_on_their_day_before_and_after_the_year_2000(database: Database) -> None:
    values = [date(1900, 1, 1), date(1999, 12, 31), date(2000, 1, 1), date(2026, 2, 28), date(9000, 12, 31)]

    async with database.reading() as connection:
        row = await (await connection.execute("SELECT %b", (Dates(values),))).fetchone()

    assert row == (values,)

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.referrals.directory.source import Source, due_after_failures, next_due, problems_of

NOW = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)


def a_source(**said: Any) -> Source:  # noqa: ANN401 - any field
    usual: dict[str, Any] = {
        "source_id": UUID(int=1),
        "feed": "uk",
        "format": "csv",
        "url": "https://lists.example/meetings.csv",
        "formats_url": None,
        "time_zone": "Europe/London",
        "every_hours": None,
        "daily_at": time(4, 30),
        "owner": "Otto Example",
        "area": "North",
    }
    return Source(**usual | said)


@pytest.mark.parametrize(
    ("said", "now", "due"),
    [
        ({}, NOW, "2026-11-25T04:30:00+00:00"),
        ({}, NOW.replace(hour=3), "2026-11-24T04:30:00+00:00"),
        ({"time_zone": "America/New_York"}, NOW, "2026-11-25T09:30:00+00:00"),
        ({"daily_at": time(1, 30)}, datetime(2026, 3, 28, 12, tzinfo=UTC), "2026-03-29T01:30:00+00:00"),
        ({"daily_at": time(1, 30)}, datetime(2026, 10, 25, 0, 31, tzinfo=UTC), "2026-10-26T01:30:00+00:00"),
        ({"daily_at": None, "every_hours": 6}, NOW, "2026-11-25T01:30:00+00:00"),
    ],
)
def test_a_source_is_due_by_its_schedule_in_its_own_zone(said: dict[str, Any], now: datetime, due: str) -> None:
    assert next_due(a_source(**said), now).astimezone(UTC).isoformat() == due


def test_each_pause_after_a_failure_is_twice_the_one_before_and_a_day_at_most() -> None:
    pauses = [due_after_failures(failures, NOW) - NOW for failures in (1, 2, 3, 7, 8, 1000)]
    hours = timedelta(hours=1)
    assert pauses == [hours / 4, hours / 2, hours, 16 * hours, 24 * hours, 24 * hours]


def test_without_tls_only_where_this_machine_may_be_asked() -> None:
    plain = a_source(url="http://127.0.0.1:9000/meetings.csv")
    assert [problem.field for problem in problems_of(plain, "never")] == ["url"]
    assert problems_of(plain, "loopback") == []
    assert problems_of(a_source(), "never") == []

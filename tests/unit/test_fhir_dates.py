from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.fhir.search.dates import NotADate, period
from shared.fhir.search.query import Period

MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
PRECISIONS = st.sampled_from(
    ["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%fZ"]
)


def within(found: Period, moment: datetime) -> bool:
    """What the SQL of a search asks."""
    inside = (found.start is None or moment >= found.start) and (found.end is None or moment < found.end)
    return inside != found.outside


@given(MOMENTS, PRECISIONS)
def test_a_moment_is_in_the_date_it_is_written_as(moment: datetime, precision: str) -> None:
    assert within(period(moment.strftime(precision)), moment)


@given(MOMENTS, MOMENTS, PRECISIONS)
def test_prefixes_are_each_others_opposites(moment: datetime, other: datetime, precision: str) -> None:
    text = other.strftime(precision)

    def holds(prefix: str) -> bool:
        return within(period(prefix + text), moment)

    assert holds("ge") != holds("lt")
    assert holds("gt") != holds("le")
    assert holds("eq") != holds("ne")
    assert holds("eq") == (holds("ge") and holds("le"))
    assert (holds("sa"), holds("eb")) == (holds("gt"), holds("lt"))


@pytest.mark.parametrize(
    ("text", "start", "length"),
    [
        ("2024-02", datetime(2024, 2, 1, tzinfo=UTC), timedelta(days=29)),
        ("2026-12", datetime(2026, 12, 1, tzinfo=UTC), timedelta(days=31)),
        ("2026-03-29T01:30:00+01:00", datetime(2026, 3, 29, 0, 30, tzinfo=UTC), timedelta(seconds=1)),
        ("2026-03-29T01:30:00 01:00", datetime(2026, 3, 29, 0, 30, tzinfo=UTC), timedelta(seconds=1)),
        ("2026-03-29T01:30-05:30", datetime(2026, 3, 29, 7, 0, tzinfo=UTC), timedelta(minutes=1)),
        ("2026-03-29T01:30:00.25Z", datetime(2026, 3, 29, 1, 30, 0, 250_000, UTC), timedelta(milliseconds=10)),
    ],
)
def test_a_date_spans_what_it_leaves_open(text: str, start: datetime, length: timedelta) -> None:
    found = period(text)
    assert found.start == start
    assert found.end is not None
    assert found.end - start == length


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ge",
        "22.11.2026",
        "2026-13",
        "2026-02-30",
        "2026-11-22T25:00",
        "2026-11-22T09",
        "0000",
        "9999",
        "xx2026",
        "2026-11-22T09:00:00+99:00",
        "ap2026",
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(NotADate) as refusal:
        period(text)
    assert str(refusal.value).endswith(".")

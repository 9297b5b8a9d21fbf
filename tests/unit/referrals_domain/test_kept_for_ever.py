"""Every event that was ever kept is read for ever: samples written once, in tests/fixtures/domain_events."""

import orjson
import pytest

from services.referrals.domain.events import Event
from services.referrals.domain.replay import replay
from services.referrals.domain.upcasting import EVENTS, upcast, version_of
from tests.kept.samples import kept
from tests.unit.referrals_domain.kept import BY_NAME, pathway_kept_and_loaded

VERSIONS = range(1, max(map(version_of, EVENTS)) + 1)
SAMPLES = [(name, version, data) for version in VERSIONS for name, all_ in kept(version).items() for data in all_]
Json = dict[str, object] | list[object] | str | float | bool | None


def read(name: str, version: int, data: dict[str, object]) -> Event:
    event: Event = BY_NAME[name].validate_python(upcast(name, version, data))
    return event


def still_says(now: Json, before: Json) -> bool:
    """All that was written is there; what has been thought of since may be, too."""
    if isinstance(now, dict) and isinstance(before, dict):
        return all(key in now and still_says(now[key], value) for key, value in before.items())  # type: ignore[arg-type]
    if isinstance(now, list) and isinstance(before, list):
        return len(now) == len(before) and all(map(still_says, now, before))  # type: ignore[arg-type]
    return now == before


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_of_today_has_kept_samples(name: str) -> None:
    assert name in kept(version_of(name)), "python -m tests.kept"


@pytest.mark.parametrize(("name", "version", "data"), SAMPLES)
def test_what_was_kept_is_read_and_says_what_it_said(name: str, version: int, data: dict[str, object]) -> None:
    event = read(name, version, data)
    if version == version_of(name):
        assert still_says(orjson.loads(orjson.dumps(event)), data)


def test_what_was_kept_is_replayed_and_its_state_is_kept_in_turn() -> None:
    opened = read("referral-opened", 1, kept(1)["referral-opened"][0])
    for name, version, data in SAMPLES:
        pathway = replay([opened, read(name, version, data)])
        assert pathway_kept_and_loaded(pathway) == pathway

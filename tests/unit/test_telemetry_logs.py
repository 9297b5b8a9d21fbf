"""A log line cannot print what it should not: whatever is handed to it, only ids, codes and numbers come out."""

import logging
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.problems import refused
from shared.telemetry import libraries, logs
from shared.telemetry.allowed import LEFT_OUT, SHAPES, UNNAMED, only_allowed
from shared.telemetry.libraries import FromLibraries

CLIENT = UUID("3f1c9a8e-5a57-4f0e-9a53-0a2f6f3a7c11")
SECRETS = (
    "Margaret Thistlewood",
    "9990548609",
    "07700 900123",
    "m.thistle@example.org",
    "I walked past the door twice",
)
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(capfd: pytest.CaptureFixture[str]) -> Lines:
    return lambda: [orjson.loads(line) for line in capfd.readouterr().out.splitlines()]


@pytest.fixture
def library(capfd: pytest.CaptureFixture[str]) -> Iterator[logging.Logger]:
    """A library's logger whose records go where `start` sends all of them."""
    found = logging.getLogger("some.library")
    handler = FromLibraries(lambda level, event, values: logs._print(logs._line(level, event, values)))
    found.handlers, found.propagate = [handler], False
    yield found
    found.handlers, found.propagate = [], True


def test_ids_codes_and_numbers_are_printed(lines: Lines) -> None:
    logs.logger().info("attendance.recorded", client=CLIENT, outcome="not-known", count=3, topic="t1.fama.attendance")
    line = lines()[0]
    assert line["event"] == "attendance.recorded"
    assert line["client"] == str(CLIENT)
    assert (line["outcome"], line["count"], line["topic"], line["level"]) == (
        "not-known",
        3,
        "t1.fama.attendance",
        "info",
    )
    assert LEFT_OUT not in line


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "key", ["name", "nhs_number", "client", "outcome", "event_id", "topic", "stack", "said", "route"]
)
def test_what_says_who_somebody_is_is_left_out_and_its_absence_is_seen(key: str, secret: str, lines: Lines) -> None:
    logs.logger().info("referral.opened", **{key: secret})
    line = lines()[0]
    if key == "said":  # only libraries' own literal text is ever handed over under this key
        return
    assert secret not in str(line)
    assert line[LEFT_OUT] == [key]


def test_a_number_as_long_as_an_nhs_number_is_left_out(lines: Lines) -> None:
    logs.logger().info("referral.opened", count=9990548609, ms=447700900123)
    assert "9990548609" not in str(line := lines()[0])
    assert line[LEFT_OUT] == ["count", "ms"]


def test_a_sentence_in_place_of_an_events_name_is_not_printed(lines: Lines) -> None:
    logs.logger().warning("Margaret Thistlewood did not come")
    assert lines()[0]["event"] == UNNAMED


def test_an_exception_is_its_class_and_place_without_its_message(lines: Lines) -> None:
    try:
        try:
            raise KeyError("Margaret Thistlewood")
        except KeyError as error:
            raise ValueError("9990548609") from error
    except ValueError:
        logs.logger().exception("event.failed", client=CLIENT)
    line = lines()[0]
    assert not any(secret in str(line) for secret in SECRETS)
    assert line["exception"] == "ValueError"
    assert line["caused_by"] == ["KeyError"]
    assert line["stack"][0].startswith("tests/unit/test_telemetry_logs.py:")


def test_an_error_of_the_system_and_of_the_database_has_its_number(lines: Lines) -> None:
    logs.logger().error("kafka.away", exc_info=ConnectionRefusedError(111, "Connection refused"))
    logs.logger().error("input.refused", exc_info=refused("data.client", "unknown-client", SECRETS[0]))
    refusal, other = lines()
    assert refusal["errno"] == "ECONNREFUSED"
    assert other["exception"] == "shared.problems.Refused"


def test_of_a_library_its_literal_text_and_harmless_arguments_are_printed(
    library: logging.Logger, lines: Lines
) -> None:
    library.warning("Topic %s is not available after %d tries: %s", "fama.clients", 3, OSError("Margaret Thistlewood"))
    line = lines()[0]
    assert line["said"] == "Topic fama.clients is not available after 3 tries: OSError"
    assert line["logger"] == "some.library"
    assert line["place"].startswith("tests/unit/test_telemetry_logs.py:")


@pytest.mark.parametrize("secret", SECRETS)
def test_of_a_library_nothing_that_was_put_together_at_run_time_is_printed(
    secret: str, library: logging.Logger, lines: Lines
) -> None:
    library.warning(f"cannot parse {secret}")
    library.warning("cannot parse %s or %r", secret, {"name": secret})
    library.warning("cannot parse %(name)s", {"name": secret})
    library.warning("cannot parse %d", 9990548609)
    library.error("failed", exc_info=ValueError(secret))
    found = lines()
    assert len(found) == 5
    assert secret not in str(found)
    assert [line.get("said") for line in found] == [
        None,
        "cannot parse … or …",
        "cannot parse …",
        "cannot parse %d",
        "failed",
    ]


def test_a_traceback_as_text_keeps_its_places_only(library: logging.Logger, lines: Lines) -> None:
    text = f'Traceback:\n  File "{__file__}", line 7, in main\n    greet("{SECRETS[0]}")\nValueError: {SECRETS[0]}'
    library.error(text)
    line = lines()[0]
    assert line["stack"] == ["tests/unit/test_telemetry_logs.py:7 main"]
    assert SECRETS[0] not in str(line)


@given(
    st.dictionaries(st.sampled_from(sorted(SHAPES)) | st.text(max_size=20), st.from_regex(r"\d{10}", fullmatch=True))
)
def test_ten_digits_never_get_through_as_text(values: dict[str, str]) -> None:
    assert not any(value in str(only_allowed(values)) for key, value in values.items() if value not in key)


def test_what_a_library_says_over_and_over_is_printed_once_in_a_while_with_how_often(
    library: logging.Logger, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = 1000.0
    monkeypatch.setattr(libraries, "monotonic", lambda: clock)

    def say() -> None:
        library.error("nobody answers at port %s", 9092)

    for _ in range(500):
        say()
    library.error("somebody else is away")
    clock += 31
    say()
    said = [(line["said"], line.get("repeated")) for line in lines()]
    assert said == [
        ("nobody answers at port 9092", None),
        ("somebody else is away", None),
        ("nobody answers at port 9092", 499),
    ]

"""Numbers and places for people who do not exist."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def nhs_number(nth: int) -> str:
    """Of the range for tests; of the ten last digits one fits at most."""
    nine = f"999{nth * 7:06d}"
    check = -sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return f"{nine}{check}" if check < 10 else nhs_number(nth + 20_000)


def early_afternoon() -> ZoneInfo:
    """A zone where it is about one o'clock: messages go out at any hour at which the tests are run."""
    ahead = 13 - datetime.now(UTC).hour
    return ZoneInfo(f"Etc/GMT{-ahead:+d}" if ahead else "Etc/UTC")  # their signs are the other way round

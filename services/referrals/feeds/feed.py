"""A feed, by its format: bytes in, meetings out."""

from collections.abc import Callable
from datetime import date

from services.referrals.feeds import bmlt, csv_template, meeting_guide, open_referral, tsml_csv
from services.referrals.feeds.parsed import BrokenFeed, Parsed, Source, WronglyAsked
from services.referrals.feeds.values import shown
from shared.meetings.meeting import is_feed_name
from shared.meetings.zones import is_zone
from shared.problems import Problem

Reader = Callable[[str, Source, str | None], Parsed]

FORMATS: dict[str, Reader] = {
    "bmlt": bmlt.read,
    "meeting-guide": meeting_guide.read,
    "tsml-csv": tsml_csv.read,
    "open-referral": open_referral.read,
    "csv": csv_template.read,
}
# ZIP (also of spreadsheets) and gzip.
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b")
# What Windows-1252 leaves out.
_NOT_OF_WINDOWS = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
LARGEST_FEED = 64 * 1024 * 1024


def parse(
    format: str,
    body: bytes,
    *,
    feed: str,
    time_zone: str,
    on: date,
    formats: bytes | None = None,
) -> Parsed:
    """Every line of `body` as a meeting or a refusal; BrokenFeed when it is not such a feed, WronglyAsked before that.

    `feed` names the feed for ever (ids come from it), `time_zone` holds where a line names none, `on` is the day of
    reading, `formats` what a BMLT server answers to `GetFormats`.
    """
    if problems := wrongly_asked(format, feed, time_zone):
        raise WronglyAsked(*problems)
    known = None if formats is None else _text(formats, "formats")
    return FORMATS[format](_text(body, "feed"), Source(feed, time_zone, on), known)


def wrongly_asked(format: str, feed: str, time_zone: str) -> list[Problem]:
    """What is wrong before anything is read."""
    problems = []
    if format not in FORMATS:
        problems.append(Problem("format", "unknown-format", f"{shown(format)} is none of {', '.join(FORMATS)}."))
    if not is_feed_name(feed):
        reason = "A feed's name is lower-case letters, digits and dashes, 63 at most."
        problems.append(Problem("feed", "bad-name", reason))
    if not is_zone(time_zone):
        reason = f"{shown(time_zone)} is not a zone such as Europe/London."
        problems.append(Problem("timeZone", "unknown-time-zone", reason))
    return problems


def _text(body: bytes, field: str) -> str:
    if len(body) > LARGEST_FEED:
        raise BrokenFeed("too-large", f"It is larger than {LARGEST_FEED // 1024 // 1024} MiB.", field)
    if body.startswith(_PACKED):
        raise BrokenFeed("packed", "It is a packed file (ZIP or gzip), not a feed: unpack it first.", field)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BrokenFeed("not-utf-8", _not_utf_8(body, wrong.start), field) from wrong
    if not text.strip():
        raise BrokenFeed("empty", "There is nothing in it.", field)
    if text.lstrip().startswith("<"):
        raise BrokenFeed("web-page", "It is a web page or XML, not a feed: the address may be wrong.", field)
    return text


def _not_utf_8(body: bytes, at: int) -> str:
    """Half of what looks like Windows-1252 is something else: a name that is wrong in the directory stays so."""
    line = body.count(b"\n", 0, at) + 1
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "It is UTF-16, as some programs save “Unicode”; save it as UTF-8."
    if b"\0" in body or any(code in body for code in _NOT_OF_WINDOWS):
        return f"Line {line} is not UTF-8, nor text of another kind: it may be another file."
    return f"Line {line} is not UTF-8, but Windows' own way of writing (1252), it seems; save it as “CSV UTF-8”."

"""A feed, by its format: bytes in, meetings out."""

from collections.abc import Callable
from datetime import date

from services.referrals.feeds import bmlt, csv_template, meeting_guide, open_referral, tsml_csv
from services.referrals.feeds.parsed import BrokenFeed, Parsed, Source, WronglyAsked
from services.referrals.feeds.values import shown
from shared.meetings.meeting import is_feed_name
from shared.meetings.zones import is_zone

Reader = Callable[[str, Source, str | None], Parsed]

FORMATS: dict[str, Reader] = {
    "bmlt": bmlt.read,
    "meeting-guide": meeting_guide.read,
    "tsml-csv": tsml_csv.read,
    "open-referral": open_referral.read,
    "csv": csv_template.read,
}
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
    if format not in FORMATS:
        raise WronglyAsked("unknown-format", f"{shown(format)} is none of {', '.join(FORMATS)}.", "format")
    if not is_feed_name(feed):
        raise WronglyAsked("bad-name", "A feed's name is lower-case letters, digits and dashes, 63 at most.", "feed")
    if not is_zone(time_zone):
        raise WronglyAsked("unknown-time-zone", f"{shown(time_zone)} is not a zone such as Europe/London.", "timeZone")
    known = None if formats is None else _text(formats, "formats")
    return FORMATS[format](_text(body, "feed"), Source(feed, time_zone, on), known)


def _text(body: bytes, field: str) -> str:
    if len(body) > LARGEST_FEED:
        raise BrokenFeed("too-large", f"It is larger than {LARGEST_FEED // 1024 // 1024} MiB.", field)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BrokenFeed("not-utf-8", f"Byte {wrong.start} is not UTF-8; save it as UTF-8.", field) from wrong
    if not text.strip():
        raise BrokenFeed("empty", "There is nothing in it.", field)
    if text.lstrip().startswith("<"):
        raise BrokenFeed("web-page", "It is a web page or XML, not a feed: the address may be wrong.", field)
    return text

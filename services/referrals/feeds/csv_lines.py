"""The lines of a CSV, alike for the formats that are one."""

import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from services.referrals.feeds.parsed import BrokenFeed, Unreadable
from services.referrals.feeds.values import Line

if TYPE_CHECKING:
    from _csv import Reader  # `csv` does not export the type of its readers before Python 3.13

MOST_LINES, MOST_COLUMNS = 500_000, 1000
Numbered = list[tuple[int, dict[str, object]]]


def csv_lines(text: str, fields: Callable[[list[str]], list[str]]) -> tuple[list[str], Numbered]:
    """The fields and the numbered lines. `fields` names each cell of the heading, no two alike, or raises BrokenFeed.

    BrokenFeed when it is no CSV, separated by something else than commas, or its end is missing.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        heading = fields(_separated(next(reader, [])))
        lines = list(islice(_lines(reader, heading), MOST_LINES + 1))
    except csv.Error as wrong:
        raise BrokenFeed("not-csv", f"Line {reader.line_num} is not CSV, or was cut off: {wrong}.") from wrong
    if len(lines) > MOST_LINES:
        raise BrokenFeed("too-many-lines", f"It has more than {MOST_LINES:,} lines: it is no list of meetings.")
    if lines and len(lines[-1][1]) < len(heading) and not text.endswith(("\n", "\r")):
        raise BrokenFeed("cut-off", "It ends in the middle of its last line.")
    return heading, lines


def field_name(cell: str) -> str:
    """`End Time` is `end_time`."""
    return cell.strip().lower().replace(" ", "_")


def refuse_uneven(line: Line, columns: int) -> None:
    if len(line) != columns:
        raise Unreadable("line", f"does not have the heading's {columns} cells; is a comma outside of quotes?")


def _separated(cells: list[str]) -> list[str]:
    if len(cells) == 1 and (";" in cells[0] or "\t" in cells[0]):
        raise BrokenFeed("wrong-shape", "Its cells are separated by semicolons or tabs; save it with commas.")
    if len(cells) > MOST_COLUMNS:
        raise BrokenFeed("wrong-shape", f"It has {len(cells):,} columns: it is no list of meetings.")
    return cells


def _lines(reader: "Reader", heading: list[str]) -> Iterator[tuple[int, dict[str, object]]]:
    for cells in reader:
        while len(cells) > len(heading) and not cells[-1].strip():
            cells.pop()  # spreadsheets add empty columns on the right
        if any(cell.strip() for cell in cells):
            yield reader.line_num, dict(zip([*heading, "more"], cells, strict=False))

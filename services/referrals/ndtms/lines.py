"""The return as CSV: a heading, a line for each client, every field quoted, CRLF."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day
from uuid import UUID

from services.referrals.domain.identity import NhsNumber
from services.referrals.ndtms.mapping import ClientColumn, Column, DateColumn, Mapping

_FORMATS = {"DD/MM/YYYY": "%d/%m/%Y", "YYYY-MM-DD": "%Y-%m-%d"}


@dataclass(frozen=True, slots=True)
class Facilitated:
    """One client's fact."""

    client_id: UUID
    nhs_number: NhsNumber | None
    on: Day


def as_csv(facts: Iterable[Facilitated], mapping: Mapping) -> str:
    """Nothing of it can be a formula: ids, digits, dates, and what a mapping may say (`mapping.Written`)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(column.name for column in mapping.columns)
    writer.writerows([_cell(fact, column) for column in mapping.columns] for fact in facts)
    return text.getvalue()


def can_be_named(fact: Facilitated, mapping: Mapping) -> bool:
    """Whether there is what the mapping calls clients by."""
    return fact.nhs_number is not None or all(column.holds != "nhs-number" for column in mapping.columns)


def _cell(fact: Facilitated, column: Column) -> str:
    if isinstance(column, ClientColumn):
        return str(fact.client_id) if column.holds == "client-reference" else fact.nhs_number or ""
    return fact.on.strftime(_FORMATS[column.format]) if isinstance(column, DateColumn) else column.code

"""The treatment return: whose, which day, and how it is written."""

import csv
import io
import json
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError

from services.referrals.domain.events_opening import ReferralOpened
from services.referrals.domain.events_sessions import SessionHeld
from services.referrals.domain.identity import NhsNumber
from services.referrals.domain.ids import ClientId, ReferralId, SessionId
from services.referrals.domain.pathway import Pathway, Session
from services.referrals.domain.replay import replay
from services.referrals.domain.vocabulary import For, ForWhat
from services.referrals.domain.young import under_18
from services.referrals.ndtms.fact import Window, facilitated_on
from services.referrals.ndtms.lines import Facilitated, as_csv, can_be_named
from services.referrals.ndtms.mapping import Mapping, published

WINDOW = Window(date(2026, 4, 1), date(2026, 9, 30))
GROWN = date(1980, 2, 3)


def pathway(*held: datetime, for_: For = "self", for_what: tuple[ForWhat, ...] = ("alcohol",)) -> Pathway:
    """Open since January, with a session at each of these times."""
    opened = ReferralOpened(
        at=at(1, 5),
        referral_id=ReferralId(uuid4()),
        client_id=ClientId(uuid4()),
        provider="X99",
        team="north",
        for_=for_,
        for_what=for_what,
        time_zone="Europe/London",
        opened_on=date(2026, 1, 5),
    )
    sessions = (Session(session_id=SessionId(uuid4()), stage=1, held_at=moment) for moment in held)
    return replay([opened, *(SessionHeld(at=session.held_at, session=session) for session in sessions)])


def at(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_the_fact_is_dated_by_the_last_session_in_the_window() -> None:
    assert facilitated_on([pathway(at(5, 1), at(7, 2), at(10, 3))], GROWN, WINDOW) == date(2026, 7, 2)


def test_a_client_without_a_session_in_the_window_has_none() -> None:
    assert facilitated_on([pathway(at(3, 31), at(10, 1))], GROWN, WINDOW) is None


def test_the_window_is_of_the_clients_own_days() -> None:
    late = at(3, 31, 23)  # already April in a British summer
    assert facilitated_on([pathway(late)], GROWN, WINDOW) == date(2026, 4, 1)


def test_family_and_friends_have_no_place_in_the_return_on_treatment() -> None:
    assert facilitated_on([pathway(at(5, 1), for_="family")], GROWN, WINDOW) is None


def test_the_same_person_with_self_and_family_counts_one_in_the_return() -> None:
    both = [pathway(at(5, 1)), pathway(at(6, 1), for_="family")]
    assert facilitated_on(both, GROWN, WINDOW) == date(2026, 5, 1)


def test_who_is_here_for_gambling_alone_is_in_no_return_on_drugs_and_alcohol() -> None:
    assert facilitated_on([pathway(at(5, 1), for_what=("gambling",))], GROWN, WINDOW) is None
    assert facilitated_on([pathway(at(5, 1), for_what=("gambling", "drug"))], GROWN, WINDOW) == date(2026, 5, 1)


def test_who_is_under_18_at_the_review_stays_out_of_the_return_on_adults() -> None:
    assert facilitated_on([pathway(at(5, 1))], date(2008, 10, 1), WINDOW) is None
    assert facilitated_on([pathway(at(5, 1))], date(2008, 9, 30), WINDOW) == date(2026, 5, 1)


def test_born_on_a_leap_day_one_comes_of_age_in_march() -> None:
    assert under_18(date(2008, 2, 29), date(2026, 2, 28))
    assert not under_18(date(2008, 2, 29), date(2026, 3, 1))


FACT = Facilitated(UUID(int=7), NhsNumber("9990548609"), date(2026, 7, 2))


def a_mapping(**changed: object) -> dict[str, object]:
    return {**json.loads(published()["CDS-K"].model_dump_json(by_alias=True)), **changed}


def test_every_field_is_quoted_and_lines_end_as_csv_ends_them() -> None:
    assert as_csv([FACT], published()["CDS-K"]) == (
        '"CLIENT","SUBMODDT","RECMAID"\r\n"00000000-0000-0000-0000-000000000007","02/07/2026","Y"\r\n'
    )


def test_the_one_public_example_is_superseded() -> None:
    assert {version: mapping.status for version, mapping in published().items()} == {"CDS-K": "superseded"}


def test_a_mapping_of_ones_own_says_what_clients_are_called_by() -> None:
    columns = [
        {"name": "NHSNUMBER", "holds": "nhs-number"},
        {"name": "REVIEW", "holds": "date", "format": "YYYY-MM-DD"},
        {"name": "MUTUALAID", "holds": "facilitated", "code": "1"},
    ]
    own = Mapping.model_validate_json(json.dumps(a_mapping(version="NEXT", status="current", columns=columns)))
    [line] = csv.DictReader(io.StringIO(as_csv([FACT], own), newline=""))
    assert line == {"NHSNUMBER": "9990548609", "REVIEW": "2026-07-02", "MUTUALAID": "1"}
    assert can_be_named(FACT, own)
    assert not can_be_named(Facilitated(FACT.client_id, None, FACT.on), own)


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\tY", "Y\r\n1", " ", ""])
def test_nothing_that_a_spreadsheet_takes_for_a_formula_gets_into_a_return(text: str) -> None:
    columns = list(a_mapping()["columns"])  # type: ignore[call-overload]
    for changed in (
        {"columns": [*columns[:2], {"name": "RECMAID", "holds": "facilitated", "code": text}]},
        {"columns": [*columns[:2], {"name": text, "holds": "facilitated", "code": "Y"}]},
        {"version": text},
    ):
        with pytest.raises(ValidationError):
            Mapping.model_validate_json(json.dumps(a_mapping(**changed)))


@pytest.mark.parametrize("columns", [[], [0, 1], [0, 2], [1, 2], [0, 0, 1, 2], [0, 1, 1, 2]])
def test_a_mapping_holds_who_when_and_what_each_once(columns: list[int]) -> None:
    all_three = list(a_mapping()["columns"])  # type: ignore[call-overload]
    with pytest.raises(ValidationError):
        Mapping.model_validate_json(json.dumps(a_mapping(columns=[all_three[number] for number in columns])))


@pytest.mark.parametrize("day", [20260401, "2026-04-01T00:00:00Z", "1 April 2026", True])
def test_a_day_of_validity_is_written_as_a_day(day: object) -> None:
    with pytest.raises(ValidationError):
        Mapping.model_validate_json(json.dumps(a_mapping(validFrom=day)))


def test_a_mapping_holds_for_its_own_days() -> None:
    for valid, holds in (
        ({}, True),
        ({"validFrom": "2026-04-01", "validTo": "2026-09-30"}, True),
        ({"validFrom": "2026-04-02"}, False),
        ({"validTo": "2026-09-29"}, False),
    ):
        assert Mapping.model_validate_json(json.dumps(a_mapping(**valid))).holds_for(WINDOW) is holds

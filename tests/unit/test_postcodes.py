"""Postcodes as people say them, as a table brings them, and as the national file has them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from services.referrals.directory.postcodes import compact, is_postcode, parts, read_table
from shared.cli.__main__ import famalink
from shared.cli.failing import Failed
from shared.cli.postcodes import _in_the_file, _lines
from shared.problems import Problem


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("LS1 4AP", ("LS1", "4AP")),
        ("ls14ap", ("LS1", "4AP")),
        ("LS11 0AA", ("LS11", "0AA")),
        ("LS1", ("LS1", None)),
        ("W1A 1AA", ("W1A", "1AA")),
        ("m1 1ae", ("M1", "1AE")),
        ("EC1A", ("EC1A", None)),
    ],
)
def test_a_postcode_is_known_however_it_is_written(said: str, found: tuple[str, str | None]) -> None:
    assert is_postcode(said)
    assert parts(said) == found


@pytest.mark.parametrize("said", ["", "Leeds", "53.95,-4.2", "LS1 4A", "1 High Street", "LS1 4AP 9", "\uff2c\uff331"])
def test_what_is_no_postcode_is_none(said: str) -> None:
    assert not is_postcode(said)


def test_a_table_is_read_line_by_line_and_what_has_no_place_is_passed_over() -> None:
    body = b"LS1 4AP,53.79,-1.55\nls28aa,53.8,-1.5\nJE2 3AB,99.999999,0\nLS1,53,-1\nLS1 4AP,north,-1\n"
    read = list(read_table(body))
    assert read[:2] == [("LS14AP", 53.79, -1.55), ("LS28AA", 53.8, -1.5)]
    assert [each.field for each in read[2:] if isinstance(each, Problem)] == ["line 4", "line 5"]


def test_blanks_and_capitals_do_not_count() -> None:
    assert compact(" ls1  4ap ") == "LS14AP"


def test_the_national_files_columns_are_found_among_others(tmp_path: Path) -> None:
    file = tmp_path / "onspd.csv"
    file.write_text(
        "pcd,pcds,ctry,lat,long\nLS1 4AP,LS1 4AP,E92,53.79,-1.55\nJE2 3AB,JE2 3AB,J99,99.999999,0\n", "utf-8-sig"
    )
    assert list(_lines(file)) == [(2, "LS1 4AP,53.79,-1.55\n")]


def test_a_file_without_a_column_is_told_which(tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("postcode,east,north\n")
    with pytest.raises(Failed, match="latitude"):
        list(_lines(file))


def test_what_is_wrong_is_told_by_the_line_of_the_file_whatever_was_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "gaps.csv"
    file.write_text('pcds,lat,long\nJE2 3AB,99.999999,0\n\nLS1 4AP,53.79,-1.55\n"Not, one",53,-1\n')
    lines = list(_lines(file))
    assert lines == [(4, "LS1 4AP,53.79,-1.55\n"), (5, "Not; one,53,-1\n")]
    errors = [{"field": "line 2", "reason": "…"}, {"field": "body", "reason": "…"}]
    told = _in_the_file({"errors": errors}, lines)
    assert [error["field"] for error in told["errors"]] == ["line 5", "body"]


def test_a_file_that_is_not_utf_8_is_told_what_to_do_and_to_a_program_in_json(tmp_path: Path) -> None:
    file = tmp_path / "windows.csv"
    file.write_bytes("pcds,lat,long\nÉ,53,-1\n".encode("cp1252"))
    said = CliRunner().invoke(famalink, ["directory", "postcodes", str(file)])
    assert (said.exit_code, "save it as “CSV UTF-8”" in said.output, "codec" in said.output) == (1, True, False)
    in_json = CliRunner().invoke(famalink, ["directory", "postcodes", str(file), "--json"])
    told = json.loads(in_json.stdout)
    assert (in_json.exit_code, told["loaded"], "is not UTF-8" in told["error"]) == (1, 0, True)

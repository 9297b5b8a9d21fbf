import pytest

from shared.cli.import_reports import print_report


def test_the_whole_number_of_refused_lines_is_said_when_only_the_first_are_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    counts = {"new": 1, "changed": 0, "unchanged": 0, "gone": 0}
    refused = [{"line": 2, "field": "weekday", "reason": "is odd"}, {"line": 3, "field": "id", "reason": "is missing"}]
    print_report({**counts, "refused": refused, "refusals": 5715})
    assert "5,715 refused, the first 2:" in capsys.readouterr().out
    print_report({**counts, "refused": refused})
    assert "\n2 refused:\n" in capsys.readouterr().out

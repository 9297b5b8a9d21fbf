"""`If-Match` against the current version."""

import pytest

from shared.web.conditional import etag, require_match
from shared.web.problems import ApiProblem


@pytest.mark.parametrize("header", [None, "*", 'W/"3"', '"3"', 'W/"2", W/"3"', ' W/"3" '])
def test_a_command_that_knows_the_current_version_passes(header: str | None) -> None:
    require_match(header, 3)


@pytest.mark.parametrize("header", ['W/"2"', 'W/"33"', '"2", "4"', '""'])
def test_a_stale_command_is_412_and_learns_the_current_version(header: str) -> None:
    with pytest.raises(ApiProblem) as refused:
        require_match(header, 3)
    assert refused.value.status == 412
    assert refused.value.headers["ETag"] == etag(3) == 'W/"3"'
    assert refused.value.errors[0].field == "If-Match"


@pytest.mark.parametrize("header", ["", "3", 'W/"3', "W/3", '"3" "4"'])
def test_what_is_no_entity_tag_is_malformed(header: str) -> None:
    with pytest.raises(ApiProblem) as refused:
        require_match(header, 3)
    assert refused.value.status == 400

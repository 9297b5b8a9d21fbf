"""The audit in words: what was looked at and done, without what it said."""

import pytest

from services.referrals.domain.audited import in_words


@pytest.mark.parametrize("action", ["read", "search", "offer", "answer", "change"])
def test_what_was_done_about_company_is_said_in_words_and_never_as_a_code(action: str) -> None:
    assert "company" not in in_words(action, "company/0d0c")
    assert "company" not in in_words(action, "company/requests")

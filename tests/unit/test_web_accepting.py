"""Who gets a page, who gets JSON."""

import pytest

from shared.web.accepting import prefers_html

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize("accept", [BROWSER, "text/html", "application/json;q=0.5, text/html;q=0.9", "TEXT/HTML"])
def test_a_browser_gets_a_page(accept: str) -> None:
    assert prefers_html(accept)


@pytest.mark.parametrize(
    "accept",
    ["", "*/*", "application/json", "text/html;q=0", "text/html;q=0.1, application/fhir+json", "text/html;q=x"],
)
def test_a_program_gets_json(accept: str) -> None:
    assert not prefers_html(accept)

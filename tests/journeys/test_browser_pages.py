"""Every page of every service, on a desk and on a telephone: whoever comes can use it, and nobody else is told."""

import pytest
from playwright.async_api import Browser

from deploy.local.settings import SERVICES
from tests.journeys.intake import parked_for_good
from tests.journeys.local_run import LocalRun
from tests.journeys.visitor import visitor

PAGES = {
    "/": 200,
    "/ops": 200,
    "/ops?find=nobody": 200,
    "/ops?find=6225397a-09ff-5cf9-a453-4a2ddbe60d3d": 200,
    "/ops/parked/0/discard": 404,
    "/ops/parked/nothing/discard": 422,
    "/nothing/here": 404,
    "/signed-out": 200,
}


@pytest.mark.parametrize("service", SERVICES)
async def test_every_page_is_sound_and_whole(run: LocalRun, chromium: Browser, service: str) -> None:
    if service == "journal":
        await parked_for_good(run)
    otto = await visitor(run, chromium)
    await otto.signs_in(service)
    for path, status in PAGES.items():
        answer = await otto.opens(service, path)
        assert answer.status == status, path
        assert answer.headers["cache-control"] == "no-store"
        await otto.is_content()
        await otto.sees_it_whole_on_a_phone()


@pytest.mark.parametrize("service", SERVICES)
async def test_the_api_can_be_read_without_signing_in_and_from_our_own_files(
    run: LocalRun, chromium: Browser, service: str
) -> None:
    anybody = await visitor(run, chromium)
    await anybody.opens(service, "/docs")
    ready = anybody.page.locator(".opblock-summary-path", has_text="/health/ready")
    await ready.wait_for()
    await anybody.sees_it_whole_on_a_phone()
    await ready.click()
    await anybody.presses("Try it out")
    await anybody.presses("Execute")
    await anybody.page.wait_for_selector(".live-responses-table .response-col_status:has-text('200')")
    await anybody.is_content()

"""The whole sign-in, between three real processes' ports: browser, service, provider."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from deploy.local.problems import free_port
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from tests.integration.sign_in_builder import (
    BROWSER,
    SAME_ORIGIN,
    DevelopmentSignIn,
    browser,
    press,
    served,
    signing_in,
    small_service,
)


@pytest.fixture
async def address(
    provider: DevelopmentSignIn, master: MasterKeys, database: Database, tmp_path: Path
) -> AsyncIterator[str]:
    port = free_port()
    settings = signing_in(provider.issuer, port, tmp_path)
    async with served(small_service(settings, master, database), port):
        yield f"http://localhost:{port}"


async def test_pressing_a_name_leads_to_the_page_that_was_asked_for(address: str) -> None:
    async with browser(address) as kay:
        names = await kay.get("/clients?tab=open")
        assert "For development only" in names.text
        page = await press(kay, names, "Kay Keyworker")
        again = await kay.get("/clients")
    assert page.url == f"{address}/clients?tab=open"
    assert page.json() == {"actor": "person:kay", "provider": "X99", "team": "north", "name": "Kay Keyworker"}
    assert again.json() == page.json()
    assert len(again.history) == 0


async def test_the_session_cookie_is_the_services_own_and_closed(address: str) -> None:
    async with browser(address) as kay:
        page = await press(kay, await kay.get("/clients"), "Kay Keyworker")
        callback = page.history[-1]
        cookies = callback.headers.get_list("set-cookie")
        session = next(cookie for cookie in cookies if cookie.startswith("famalink_journal="))
        ended = next(cookie for cookie in cookies if cookie.startswith("famalink_journal_sign_in="))
        kept = [cookie.name for cookie in kay.cookies.jar]
    assert "HttpOnly" in session
    assert "SameSite=lax" in session
    assert "kay" not in session.lower()
    assert "Max-Age=0" in ended
    assert kept == ["famalink_journal"]


async def test_127_0_0_1_is_this_machine_as_well(address: str) -> None:
    numeric = address.replace("localhost", "127.0.0.1")
    async with browser(numeric) as kay:
        page = await press(kay, await kay.get("/clients"), "Kay Keyworker")
    assert page.url == f"{numeric}/clients"
    assert page.status_code == 200


async def test_the_wrong_role_sees_a_page_that_says_which_is_needed(address: str) -> None:
    async with browser(address) as otto:
        page = await press(otto, await otto.get("/clients"), "Otto Operations")
        staff = await otto.get("/staff")
    assert page.status_code == 403
    assert "keyworker or team-lead" in page.text
    assert staff.json() == "person:otto"


async def test_signing_out_ends_it(address: str) -> None:
    async with browser(address) as kay:
        await press(kay, await kay.get("/clients"), "Kay Keyworker")
        page = await kay.post("/sign-out", headers=SAME_ORIGIN)
        after = await kay.get("/clients")
    assert page.url == f"{address}/signed-out"
    assert "You have signed out" in page.text
    assert "Who do you want to be?" in after.text


async def test_another_site_cannot_sign_somebody_out(address: str) -> None:
    async with browser(address) as kay:
        await press(kay, await kay.get("/clients"), "Kay Keyworker")
        refused = await kay.post("/sign-out", headers={"Sec-Fetch-Site": "same-site"})
        after = await kay.get("/clients")
    assert refused.status_code == 403
    assert after.json()["actor"] == "person:kay"


async def test_a_code_that_came_to_another_browser_is_worth_nothing(address: str) -> None:
    """Login CSRF: somebody makes me sign in as them."""
    async with browser(address) as attacker, browser(address) as victim:
        names = await attacker.get("/clients")
        attacker.follow_redirects = False
        sent_back = await press(attacker, names, "Zoe Otherprovider")
        stolen = sent_back.headers["location"]
        await victim.get("/clients")
        page = await victim.get(stolen)
        fresh = await victim.get("/clients")
    assert page.status_code == 400
    assert "begun elsewhere" in page.text
    assert "Who do you want to be?" in fresh.text


async def test_a_return_address_cannot_be_used_twice(address: str) -> None:
    async with browser(address) as kay:
        page = await press(kay, await kay.get("/clients"), "Kay Keyworker")
        used = str(page.history[-1].url)
        again = await kay.get(used)
    assert again.status_code == 400


async def test_the_provider_saying_no_is_shown(address: str) -> None:
    async with browser(address) as kay:
        kay.follow_redirects = False
        sent = await kay.get("/sign-in")
        state = parse_qs(urlsplit(sent.headers["location"]).query)["state"][0]
        page = await kay.get(f"/sign-in/callback?error=access_denied&state={state}")
    assert page.status_code == 400
    assert "did not let you in" in page.text


async def test_a_code_that_the_provider_does_not_know_is_no_way_in(address: str) -> None:
    async with browser(address) as kay:
        kay.follow_redirects = False
        sent = await kay.get("/sign-in")
        state = parse_qs(urlsplit(sent.headers["location"]).query)["state"][0]
        page = await kay.get(f"/sign-in/callback?code=made-up&state={state}")
    assert page.status_code >= 400
    assert "famalink_journal=" not in page.headers.get("set-cookie", "")


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/%09/evil.example"]
)
async def test_signing_in_leads_nowhere_else(address: str, elsewhere: str) -> None:
    async with browser(address) as kay:
        page = await press(kay, await kay.get(f"/sign-in?return_to={elsewhere}"), "Kay Keyworker")
    assert page.url == f"{address}/"
    assert page.status_code == 200


async def test_two_services_on_one_host_do_not_sign_each_other_out(
    provider: DevelopmentSignIn, master: MasterKeys, database: Database, tmp_path: Path, address: str
) -> None:
    port = free_port()
    settings = signing_in(provider.issuer, port, tmp_path, "reminders")
    other = f"http://localhost:{port}"
    async with served(small_service(settings, master, database), port), browser(address) as kay:
        await press(kay, await kay.get("/clients"), "Kay Keyworker")
        await press(kay, await kay.get(f"{other}/clients"), "Tess Teamlead")
        here, there = await kay.get("/clients"), await kay.get(f"{other}/clients")
    assert here.json()["actor"] == "person:kay"
    assert there.json()["actor"] == "person:tess"


async def test_the_pages_name_who_is_signed_in_and_warn_of_development(address: str) -> None:
    async with browser(address) as kay:
        await press(kay, await kay.get("/clients"), "Kay Keyworker")
        page = await kay.get("/nowhere")
    assert "Kay Keyworker (X99)" in page.text
    assert "Development sign-in" in page.text


async def test_a_provider_that_is_away_is_said_so(master: MasterKeys, database: Database, tmp_path: Path) -> None:
    port = free_port()
    settings = signing_in(f"http://localhost:{free_port()}", port, tmp_path)
    async with served(small_service(settings, master, database), port), browser(f"http://localhost:{port}") as kay:
        page = await kay.get("/clients")
    assert page.status_code == 503
    assert "sign-in provider cannot be reached" in page.text


async def test_it_is_open_to_see_whether_the_service_lives(address: str) -> None:
    async with httpx.AsyncClient(base_url=address, headers=BROWSER) as anybody:
        for path in ("/health/live", "/health/ready", "/metrics", "/openapi.json", "/docs", "/signed-out"):
            assert (await anybody.get(path)).status_code == 200

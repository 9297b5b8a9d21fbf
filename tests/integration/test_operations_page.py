"""`/ops` as operations read it: how the service is, an event's way, what is stuck; without JavaScript."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from shared.storage.keyring import Keyring
from tests.integration.operations_builder import Ward, opened, service
from tests.integration.systems_builder import staff

HTML = {"Accept": "text/html"}
ILL, CLIENT = uuid4(), uuid4()


@pytest.fixture
def ward(database: Database) -> Ward:
    return Ward(database, ill={ILL})


@pytest.fixture
async def http(database: Database, ward: Ward, master: MasterKeys, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with service(database, ward, master, tmp_path) as client:
        client.headers.update(HTML)
        yield client


def words(answer: httpx.Response) -> str:
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


async def test_the_page_says_how_each_part_is(http: httpx.AsyncClient, ward: Ward) -> None:
    quiet = words(await http.get("/ops"))
    assert "Database Good It answers." in quiet
    assert "Kafka Away" in quiet
    assert "Publishing Good" in quiet
    await ward.hears(opened(CLIENT, referral=ILL), opened(uuid4()))
    await ward.hears_nonsense()
    busy = words(await http.get("/ops"))
    assert "Parked events Some 1 wait for somebody or something" in busy
    assert "Dead letters Some 1 kept for 14 days" in busy
    assert "Thistlewood" not in busy


async def test_an_event_is_followed_from_what_was_heard_to_what_was_said(http: httpx.AsyncClient, ward: Ward) -> None:
    heard, another = opened(CLIENT), opened(uuid4())
    await ward.hears(heard, another)
    for one in (heard.id, CLIENT):
        page = (await http.get("/ops", params={"find": str(one)})).text
        said, applied = page[page.index('id="said"') : page.index('id="heard"')], page[page.index('id="heard"') :]
        assert str(CLIENT) in said
        assert f'find={heard.id}#way"' in said  # because of it
        assert str(another.key) not in said
        assert str(heard.id) in applied
        assert "referrals.referral.opened.v1" in applied
    assert "http://localhost:8402/ops?find=" in page


async def test_a_search_for_what_is_no_id_says_so(http: httpx.AsyncClient) -> None:
    page = words(await http.get("/ops", params={"find": "<b>Margaret</b>"}))
    assert "An id is a UUID" in page
    assert "<b>Margaret" not in (await http.get("/ops", params={"find": "<b>Margaret</b>"})).text


async def test_retry_and_discard_are_plain_forms_and_discard_asks_first(http: httpx.AsyncClient, ward: Ward) -> None:
    failed, later = opened(CLIENT, referral=ILL), opened(CLIENT)
    await ward.hears(failed, later)
    retry = re.search(r'action="(/ops/parked/\d+/retry)"', (await http.get("/ops")).text)
    assert retry is not None
    answer = await http.post(retry[1])
    assert (answer.status_code, answer.headers["location"]) == (303, "/ops?said=retry-failed")
    assert "It failed again." in words(await http.get(answer.headers["location"]))
    ask = retry[1].replace("retry", "discard")
    question = words(await http.get(ask))
    assert "Discard this event?" in question
    assert "What waits behind it for the same client (1) is tried at once" in question
    assert ward.applied == []
    answer = await http.post(ask)
    assert answer.headers["location"] == "/ops?said=discarded"
    assert ward.applied == [later.id]


async def test_a_dead_letter_can_be_replayed_from_the_page(http: httpx.AsyncClient, ward: Ward) -> None:
    await ward.hears_nonsense()
    replay = re.search(r'action="(/ops/deadletters/[\w-]+/replay)"', (await http.get("/ops")).text)
    assert replay is not None
    assert (await http.post(replay[1])).headers["location"] == "/ops?said=replay-failed"


async def test_the_page_shows_nothing_of_another_provider(http: httpx.AsyncClient, ward: Ward) -> None:
    await ward.hears(opened(CLIENT), opened(uuid4(), referral=ILL))
    for params in ({}, {"find": str(CLIENT)}):
        page = (await http.get("/ops", params=params, headers=staff("operations", provider="X98"))).text
        assert f'href="/ops?find={CLIENT}' not in page
        assert "handler-failed" not in page


async def test_the_page_is_for_operations_and_has_no_script_without_a_nonce(http: httpx.AsyncClient) -> None:
    assert (await http.get("/ops", headers=staff("keyworker"))).status_code == 403
    page = await http.get("/ops")
    nonce = re.search(r"'nonce-([\w-]+)'", page.headers["content-security-policy"])
    assert nonce is not None
    assert all(f'nonce="{nonce[1]}"' in script for script in re.findall(r"<script[^>]*>", page.text))
    assert not re.search(r"\son[a-z]+=|style=", page.text)


async def test_without_its_database_the_page_still_says_how_the_parts_are(
    master: MasterKeys, ward: Ward, tmp_path: Path
) -> None:
    nowhere = "postgresql://localhost:1/nowhere"
    away = Database(nowhere, Keyring(nowhere, master, "referrals"), "referrals")
    async with service(away, ward, master, tmp_path) as http:
        await away.open()
        answer = await http.get("/ops", headers=HTML)
        await away.close()
    assert answer.status_code == 503
    assert "Away" in answer.text
    assert "Nothing is lost" in answer.text

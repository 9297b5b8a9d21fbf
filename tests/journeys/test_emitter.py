"""Scene: a check-in app registers, is refused with reasons, gets the client's consent, and sends what it has."""

from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest

from deploy.local.demo.systems import SOURCE
from tests.eventually import eventually
from tests.journeys.local_run import LocalRun
from tests.journeys.newcomers import Newcomer, lately_begun, newcomer

OURS = "https://check-in.example/journeys"
_ONE, _BATCH = "application/cloudevents+json", "application/cloudevents-batch+json"


class App:
    """`send` one event, or `send_all` as a batch."""

    def __init__(self, run: LocalRun, bearer: dict[str, str]) -> None:
        self._run, self._bearer = run, bearer

    async def send(self, event: object) -> httpx.Response:
        return await self._post(event, _ONE)

    async def send_all(self, events: list[dict[str, Any]]) -> httpx.Response:
        return await self._post(events, _BATCH)

    async def _post(self, body: object, kind: str) -> httpx.Response:
        url, headers = f"{self._run.url('journal')}/events", self._bearer | {"content-type": kind}
        return await self._run.doors.http.post(url, content=orjson.dumps(body), headers=headers)


@pytest.fixture(scope="module")
async def app(run: LocalRun) -> App:
    registered = await run.famalink(
        *("systems", "add", "our-check-in", "--provider", "X99", "--source", OURS, "--reports-as", "emitter"),
        *("--make-key", "--scope", "attendance.write"),
    )
    assert registered.code == 0, registered.err
    return App(run, await run.token("--system", "our-check-in", "--scope", "attendance.write"))


@pytest.fixture
async def client(run: LocalRun) -> Newcomer:
    return await newcomer(run)


async def taken(app: App, event: dict[str, Any]) -> httpx.Response:
    """Once it is: the consent may still be on its way."""

    async def accepted() -> httpx.Response | None:
        answer = await app.send(event)
        assert answer.status_code in (202, 422), answer.text
        return answer if answer.status_code == 202 else None

    found = await eventually(accepted)
    assert found is not None
    return found


async def test_attendance_is_taken_once_the_client_agreed_to_it(app: App, client: Newcomer) -> None:
    event = client.attended(lately_begun(), OURS)
    codes = set[str]()

    async def refused_for_want_of_consent() -> bool:
        answer = await app.send(event)
        assert (answer.status_code, answer.headers["retry-after"]) == (422, "2")
        codes.update(error["code"] for error in answer.json()["errors"])
        return "source-not-consented" in codes

    await eventually(refused_for_want_of_consent)
    assert codes <= {"unknown-client", "source-not-consented"}
    await client.agrees(emitters=[OURS])
    answer = await taken(app, event)
    assert (await app.send(event)).json() == answer.json()
    assert await client.attendance() == ["attended"]


async def test_of_a_batch_with_three_bad_ones_the_others_are_taken(app: App, client: Newcomer) -> None:
    await client.agrees(emitters=[OURS])
    good = [client.attended(lately_begun(), OURS) for _ in range(4)]
    await taken(app, good[0])
    yes, stranger, foreign = (client.attended(lately_begun(), OURS) for _ in range(3))
    yes["data"]["outcome"] = "yes"
    stranger["data"]["client"] = str(uuid4())
    foreign["source"] = SOURCE
    answer = await app.send_all([good[0], yes, good[1], stranger, good[2], foreign, good[3]])
    assert answer.status_code == 202
    said = answer.json()
    assert [(one["index"], one["id"]) for one in said["accepted"]] == [
        (2 * nth, event["id"]) for nth, event in enumerate(good)
    ]
    assert [(one["index"], one["field"], one["code"]) for one in said["rejected"]] == [
        (1, "data.outcome", said["rejected"][0]["code"]),
        (3, "data.client", "unknown-client"),
        (5, "source", "foreign-source"),
    ]
    assert all(one["reason"] for one in said["rejected"])


async def test_the_same_id_with_other_content_is_a_conflict(app: App, client: Newcomer) -> None:
    await client.agrees(emitters=[OURS])
    event = client.attended(lately_begun(), OURS)
    await taken(app, event)
    other = event | {"data": event["data"] | {"outcome": "not-attended"}}
    assert (await app.send(other)).status_code == 409
    assert await client.attendance() == ["attended"]


async def test_a_token_that_is_not_for_this_is_refused(run: LocalRun, client: Newcomer) -> None:
    event = client.attended(lately_begun(), OURS)
    reader = await run.token("--system", "demo-record-system", "--scope", "system/Goal.rs")
    answers = [await App(run, bearer).send(event) for bearer in ({}, {"authorization": "bearer nonsense"}, reader)]
    assert [answer.status_code for answer in answers] == [401, 401, 403]
    assert all(answer.json()["errors"][0]["reason"] for answer in answers)
    assert await client.attendance() == []

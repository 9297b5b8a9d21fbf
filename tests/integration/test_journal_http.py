"""`POST /events`: what is taken, and how everything else is answered (4-events, *Attendance from outside*)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import httpx
import orjson
import pytest

from deploy.local.postgres import EmbeddedPostgres
from shared.messaging.settings import KafkaSettings
from tests.integration.journal_builder import BEGUN, NOW, SOURCE, Journal, opened, reported, settings_for

Pair = tuple[UUID, UUID]
"""A client and a meeting."""
BATCH = "application/cloudevents-batch+json"


@pytest.fixture(scope="module")
async def journal(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Journal]:
    """One for all tests here: each has clients of its own."""
    settings = settings_for(postgres, KafkaSettings("localhost:3"), tmp_path_factory.mktemp("journal"))
    async with opened(settings, with_kafka=False) as journal:
        yield journal


@pytest.fixture
async def client(journal: Journal) -> UUID:
    return await journal.knows()


@pytest.fixture
async def meeting(journal: Journal) -> UUID:
    return await journal.lists()


@pytest.fixture
async def about(client: UUID, meeting: UUID) -> Pair:
    return client, meeting


def problems(answer: httpx.Response) -> list[tuple[str, str]]:
    """Field and code of each, from a problem document that is whole (RFC 9457)."""
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert all(error["reason"] for error in body["errors"])
    return [(error["field"], error["code"]) for error in body["errors"]]


def rejected(answer: httpx.Response) -> list[tuple[int, str | None, str, str]]:
    assert answer.status_code == 202, answer.text
    return [(it["index"], it["id"], it["field"], it["code"]) for it in answer.json()["rejected"]]


async def test_an_event_becomes_a_fact_and_is_said(journal: Journal, client: UUID, meeting: UUID) -> None:
    event_id = uuid4().hex

    answer = await journal.post(reported(client, meeting, id=event_id))

    assert answer.status_code == 202, answer.text
    [accepted] = answer.json()["accepted"]
    assert accepted == {"index": 0, "id": event_id, "eventId": accepted["eventId"]}
    assert answer.json()["rejected"] == []
    [event] = await journal.said(client)
    assert event["type"] == "uk.famalink.journal.attendance.recorded.v1"
    assert event["factId"] == accepted["eventId"]
    assert event["standing"] == {"outcome": "attended", "decidedBy": "emitter", "disagreement": False}


async def test_binary_mode_says_the_same(journal: Journal, client: UUID, meeting: UUID) -> None:
    event = reported(client, meeting, id="ü 1%")
    headers = {
        "ce-specversion": "1.0",
        "ce-id": "%C3%BC%201%25",
        "ce-source": SOURCE,
        "ce-type": event["type"],
        "content-type": "application/json",
    }

    binary = await journal.post(event["data"], **headers)
    structured = await journal.post(event)

    assert binary.status_code == 202, binary.text
    assert binary.json() == structured.json()
    assert len(await journal.facts(client)) == 1


async def test_sent_twice_it_is_answered_alike_and_applied_once(journal: Journal, client: UUID, meeting: UUID) -> None:
    event = reported(client, meeting)

    first, second = await journal.post(event), await journal.post(event)

    assert first.status_code == second.status_code == 202
    assert first.json() == second.json()
    assert len(await journal.facts(client)) == len(await journal.said(client)) == 1


async def test_sent_many_times_at_once_it_is_applied_once(journal: Journal, client: UUID, meeting: UUID) -> None:
    event = reported(client, meeting)

    answers = await asyncio.gather(*(journal.post(event) for _ in range(8)))

    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.text for answer in answers}) == 1
    assert len(await journal.facts(client)) == len(await journal.said(client)) == 1


async def test_many_words_about_one_evening_at_once_are_all_kept_in_some_order(
    journal: Journal, client: UUID, meeting: UUID
) -> None:
    events = [reported(client, meeting, data__outcome=outcome) for outcome in ("attended", "not-attended") * 4]

    answers = await asyncio.gather(*(journal.post(event) for event in events))

    assert {answer.status_code for answer in answers} == {202}
    words = await journal.facts(client)
    said = await journal.said(client)
    assert len(words) == len(said) == 8
    assert said[-1]["standing"] == {"outcome": words[-1][0], "decidedBy": "emitter", "disagreement": True}


async def test_a_fact_answers_as_before_whatever_has_changed_since(journal: Journal, meeting: UUID) -> None:
    client = await journal.knows(card="CARD-1")
    event = reported(None, meeting, data__cardCode="CARD-1")
    first = await journal.post(event)

    await journal.knows(client, card="CARD-2", emitters=())
    again = await journal.post(event)

    assert first.status_code == again.status_code == 202
    assert first.json() == again.json()


async def test_the_same_id_with_other_content_is_a_conflict(journal: Journal, client: UUID, meeting: UUID) -> None:
    event = reported(client, meeting)
    await journal.post(event)

    answer = await journal.post(event | {"data": event["data"] | {"outcome": "not-attended"}})

    assert answer.status_code == 409
    assert problems(answer) == [("id", "other-content")]
    assert await journal.facts(client) == [("attended", "emitter", None)]


async def test_the_same_said_in_another_order_spacing_or_zone_is_no_other_content(
    journal: Journal, client: UUID, meeting: UUID
) -> None:
    event = reported(client, meeting)
    first = await journal.post(event)
    data = dict(reversed(event["data"].items()))
    data["observedAt"] = NOW.astimezone(ZoneInfo("Asia/Tokyo")).isoformat()

    again = await journal.post(orjson.dumps(event | {"data": data}, option=orjson.OPT_INDENT_2))

    assert (again.status_code, again.json()) == (202, first.json())


async def test_an_id_belongs_to_its_source(journal: Journal, client: UUID, meeting: UUID) -> None:
    other = "https://other.example"
    await journal.knows(client, emitters=(SOURCE, other))
    token = journal.token(source=other)

    first = await journal.post(reported(client, meeting, id="same"))
    second = await journal.post(reported(client, meeting, id="same", source=other), token=token)

    assert first.json()["accepted"][0]["eventId"] != second.json()["accepted"][0]["eventId"]
    assert len(await journal.facts(client)) == 2


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"specversion": "0.3"}, "specversion", "wrong-version"),
        ({"specversion": None}, "specversion", "missing"),
        ({"id": None}, "id", "missing"),
        ({"source": None}, "source", "missing"),
        ({"type": "com.example.checked-in"}, "type", "unknown-type"),
        ({"type": "uk.famalink.journal.attendance.reported.v2"}, "type", "unknown-version"),
        ({"data__outcome": "yes"}, "data.outcome", "literal-error"),
        ({"data__observedAt": NOW.replace(tzinfo=None).isoformat()}, "data.observedAt", "time-without-zone"),
        ({"data__observedAt": (NOW + timedelta(hours=1)).isoformat()}, "data.observedAt", "in-the-future"),
        ({"data__observedAt": (NOW - timedelta(days=400)).isoformat()}, "data.observedAt", "too-long-ago"),
        ({"data__start": (BEGUN + timedelta(days=7)).isoformat()}, "data.start", "in-the-future"),
        ({"data__cardCode": "both"}, "data", "value-error"),
        ({"data_base64": "e30="}, "data_base64", "not-supported"),
    ],
)
async def test_a_malformed_event_is_400_with_field_and_code(
    journal: Journal, about: Pair, change: dict[str, Any], field: str, code: str
) -> None:
    answer = await journal.post(reported(*about, **change))

    assert answer.status_code == 400, answer.text
    assert problems(answer) == [(field, code)]
    assert await journal.facts(about[0]) == []


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"specversion":', b"\xff\xfe", b"[1]", b"7"])
async def test_what_is_no_json_object_is_400(journal: Journal, body: bytes) -> None:
    answer = await journal.post(body)

    assert answer.status_code == 400
    assert problems(answer)[0][1] in ("not-json", "not-an-object")


async def test_binary_mode_with_broken_header_bytes_names_the_header(
    journal: Journal, client: UUID, meeting: UUID
) -> None:
    event = reported(client, meeting)
    headers = [
        (b"authorization", f"bearer {journal.token()}".encode()),
        (b"content-type", b"application/json"),
        (b"ce-specversion", b"1.0"),
        (b"ce-id", b"\xff\xfe"),
        (b"ce-source", SOURCE.encode()),
        (b"ce-type", event["type"].encode()),
    ]

    answer = await journal.http.post("/events", content=orjson.dumps(event["data"]), headers=headers)

    assert answer.status_code == 400
    assert problems(answer) == [("ce-id", "not-utf-8")]


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/plain"},
        {"content-type": "application/xml", "ce-specversion": "1.0"},
    ],
)
async def test_a_foreign_content_type_is_415(journal: Journal, headers: dict[str, str]) -> None:
    answer = await journal.post(b"{}", **headers)

    assert answer.status_code == 415
    assert problems(answer) == [("content-type", "foreign-content-type")]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"data__client": str(uuid4())}, "data.client", "unknown-client"),
        ({"data__client": None, "data__cardCode": "no-such"}, "data.cardCode", "unknown-card"),
        ({"data__meetingId": str(uuid4())}, "data.meetingId", "unknown-meeting"),
        (
            {
                "data__meetingId": None,
                "data__organisation": "aa",
                "data__place": "Nowhere",
                "data__start": NOW.isoformat(),
            },
            "data.place",
            "unknown-meeting",
        ),
        ({"data__start": (BEGUN - timedelta(days=1)).isoformat()}, "data.start", "no-such-occurrence"),
        ({"data__corrects": "never-sent"}, "data.corrects", "unknown-correction"),
    ],
)
async def test_what_is_not_known_is_422_and_may_be_tried_again(
    journal: Journal, about: Pair, change: dict[str, Any], field: str, code: str
) -> None:
    answer = await journal.post(reported(*about, **change))

    assert answer.status_code == 422, answer.text
    assert problems(answer) == [(field, code)]
    assert answer.headers["retry-after"] == "2"
    assert await journal.facts(about[0]) == []


async def test_without_the_clients_consent_nothing_is_taken(journal: Journal, meeting: UUID) -> None:
    client = await journal.knows(emitters=("https://other.example",))

    answer = await journal.post(reported(client, meeting))

    assert answer.status_code == 422
    assert problems(answer) == [("source", "source-not-consented")]


async def test_withdrawing_consent_stops_new_facts_and_what_stood_stays(
    journal: Journal, client: UUID, meeting: UUID
) -> None:
    await journal.post(reported(client, meeting))
    await journal.knows(client, emitters=())

    answer = await journal.post(reported(client, meeting))

    assert problems(answer) == [("source", "source-not-consented")]
    assert len(await journal.facts(client)) == 1


async def test_an_older_word_about_a_client_that_comes_late_is_passed_over(journal: Journal, meeting: UUID) -> None:
    late = journal.next()
    client = await journal.knows()

    await journal.knows(client, sequence=late, emitters=())

    assert (await journal.post(reported(client, meeting))).status_code == 202


async def test_who_has_the_card_is_who_it_is_about(journal: Journal, meeting: UUID) -> None:
    client = await journal.knows(card="K7QM-2XWE")

    answer = await journal.post(reported(None, meeting, data__cardCode="K7QM-2XWE"))

    assert answer.status_code == 202
    assert len(await journal.facts(client)) == 1
    await journal.knows(client, card="NEW1-CARD")
    again = await journal.post(reported(None, meeting, data__cardCode="K7QM-2XWE"))
    assert problems(again) == [("data.cardCode", "unknown-card")]


async def test_a_meeting_can_be_described(journal: Journal, client: UUID) -> None:
    begun = NOW - timedelta(hours=1)
    await journal.lists(organisation="smart-recovery", place_name="The Old Mill")
    described: dict[str, Any] = {
        "data__organisation": "SMART Recovery",
        "data__place": "the old  mill",
        "data__start": begun.isoformat(),
    }

    answer = await journal.post(reported(client, **described))

    assert answer.status_code == 202, answer.text


async def test_a_source_that_is_not_the_tokens_is_403(journal: Journal, client: UUID, meeting: UUID) -> None:
    answer = await journal.post(reported(client, meeting, source="https://somebody-else.example"))

    assert answer.status_code == 403
    assert problems(answer) == [("source", "foreign-source")]


async def test_reporting_as_more_than_registered_is_403(journal: Journal, client: UUID, meeting: UUID) -> None:
    answer = await journal.post(reported(client, meeting, data__reportedBy="client"))

    assert answer.status_code == 403
    assert problems(answer) == [("data.reportedBy", "not-registered-for")]


async def test_a_system_that_was_disabled_since_its_token_was_issued_is_403(
    journal: Journal, client: UUID, meeting: UUID
) -> None:
    source = "https://disabled.example"
    await journal.knows(client, emitters=(source,))
    await journal.registers("disabled", source=source, state="disabled")

    answer = await journal.post(reported(client, meeting, source=source), token=journal.token(source=source))

    assert answer.status_code == 403
    assert problems(answer) == [("source", "source-disabled")]


@pytest.mark.parametrize(
    ("claims", "status", "code"),
    [
        ({"exp": 1}, 401, "token-expired"),
        ({"aud": "another-api"}, 401, "token-audience"),
        ({"iss": "http://localhost:9"}, 401, "token-issuer"),
        ({"scope": "system/CarePlan.rs"}, 403, "scope"),
        ({"source": None}, 403, "not-an-emitter"),
        ({"reports_as": "everybody"}, 403, "not-an-emitter"),
    ],
)
async def test_a_token_that_does_not_allow_it_is_refused(
    journal: Journal, about: Pair, claims: dict[str, Any], status: int, code: str
) -> None:
    answer = await journal.post(reported(*about), token=journal.token(**claims))

    assert answer.status_code == status
    assert problems(answer) == [("Authorization", code)]


async def test_without_a_token_or_as_a_person_nothing_is_taken(journal: Journal, client: UUID, meeting: UUID) -> None:
    body = orjson.dumps(reported(client, meeting))
    nobody = await journal.http.post("/events", content=body)
    person = await journal.post(body, token=journal.person("keyworker"))

    assert (nobody.status_code, problems(nobody)) == (401, [("Authorization", "token-missing")])
    assert (person.status_code, problems(person)) == (403, [("Authorization", "not-a-system")])


async def test_one_provider_never_learns_of_anothers_client(journal: Journal, meeting: UUID) -> None:
    theirs = await journal.knows(provider="X98", card="THEIR-CARD")
    nobodys = uuid4()

    by_id = await journal.post(reported(theirs, meeting))
    by_card = await journal.post(reported(None, meeting, data__cardCode="THEIR-CARD"))
    unknown = await journal.post(reported(nobodys, meeting))

    assert by_id.json() == unknown.json()
    assert problems(by_card) == [("data.cardCode", "unknown-card")]
    own = await journal.post(reported(theirs, meeting), token=journal.token(provider="X98"))
    assert own.status_code == 202


async def test_an_erased_client_is_unknown(journal: Journal, client: UUID, meeting: UUID) -> None:
    await journal.knows(client, state="erased", emitters=())

    answer = await journal.post(reported(client, meeting))

    assert answer.status_code == 422
    assert problems(answer) == [("data.client", "unknown-client")]


async def test_a_batch_takes_what_is_right_and_names_what_is_not(journal: Journal, client: UUID, meeting: UUID) -> None:
    good = [reported(client, meeting, id=f"good-{uuid4().hex}") for _ in range(3)]
    events = [
        good[0],
        reported(client, meeting, id="bad-outcome", data__outcome="yes"),
        good[1],
        reported(client, uuid4(), id="bad-meeting"),
        "not an object",
        good[2],
    ]

    answer = await journal.batch(events)

    assert [(it["index"], it["id"]) for it in answer.json()["accepted"]] == [
        (0, good[0]["id"]),
        (2, good[1]["id"]),
        (5, good[2]["id"]),
    ]
    assert rejected(answer) == [
        (1, "bad-outcome", "data.outcome", "literal-error"),
        (3, "bad-meeting", "data.meetingId", "unknown-meeting"),
        (4, None, "event", "not-an-object"),
    ]
    assert len(await journal.facts(client)) == 3


async def test_within_a_batch_the_same_event_counts_once_and_its_id_is_taken(
    journal: Journal, client: UUID, meeting: UUID
) -> None:
    event = reported(client, meeting, id=uuid4().hex)
    other = event | {"data": event["data"] | {"outcome": "not-known"}}

    answer = await journal.batch([event, event, other])

    assert [it["index"] for it in answer.json()["accepted"]] == [0, 1]
    assert rejected(answer) == [(2, event["id"], "id", "other-content")]
    assert len(await journal.facts(client)) == 1


async def test_a_batch_may_correct_itself(journal: Journal, client: UUID, meeting: UUID) -> None:
    first = reported(client, meeting, id=uuid4().hex)
    second = reported(client, meeting, data__outcome="not-known", data__corrects=first["id"])

    answer = await journal.batch([first, second])

    assert rejected(answer) == []
    said = await journal.said(client)
    assert [event["type"].split(".")[-2] for event in said] == ["recorded", "corrected"]
    assert said[1]["corrects"] == said[0]["factId"]
    assert said[1]["standing"] == {"outcome": "not-known", "decidedBy": "emitter", "disagreement": False}


async def test_a_batch_of_another_source_is_rejected_event_by_event(
    journal: Journal, client: UUID, meeting: UUID
) -> None:
    answer = await journal.batch([reported(client, meeting, id="1", source="https://foreign.example")])

    assert rejected(answer) == [(0, "1", "source", "foreign-source")]


async def test_an_empty_batch_is_taken(journal: Journal) -> None:
    answer = await journal.batch([])

    assert (answer.status_code, answer.json()) == (202, {"accepted": [], "rejected": []})


@pytest.mark.parametrize("body", [b'{"a": 1}', b"[1,", b""])
async def test_a_batch_that_is_no_array_is_400(journal: Journal, body: bytes) -> None:
    answer = await journal.post(body, **{"content-type": BATCH})

    assert answer.status_code == 400
    assert problems(answer)[0][0] == "body"


async def test_a_large_batch_is_taken_whole(journal: Journal, client: UUID, meeting: UUID) -> None:
    answer = await journal.batch([reported(client, meeting, id=f"{client}-{n}") for n in range(1_201)])

    assert [it["index"] for it in answer.json()["accepted"]] == list(range(1_201))
    assert len(await journal.facts(client)) == 1_201


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/cloudevents+json", b"[" + b" " * 65 * 1024 + b"]"),
        (BATCH, b"[" + b"1," * 10_000 + b"1]"),
        (BATCH, b"[" + b" " * 16 * 1024 * 1024 + b"]"),
    ],
)
async def test_more_than_the_limits_is_413(journal: Journal, content_type: str, body: bytes) -> None:
    answer = await journal.post(body, **{"content-type": content_type})

    assert answer.status_code == 413
    assert problems(answer) == [("body", "too-large")]


async def test_an_oversized_event_in_a_batch_is_rejected_alone(journal: Journal, client: UUID, meeting: UUID) -> None:
    large = reported(client, meeting, id="large", data__note="x" * 65 * 1024)

    answer = await journal.batch([large, reported(client, meeting)])

    assert rejected(answer) == [(0, "large", "event", "too-large")]
    assert len(answer.json()["accepted"]) == 1


async def test_a_body_that_never_ends_is_not_read_to_its_end(journal: Journal) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1024
            yield b" " * 1024

    headers = {"authorization": f"bearer {journal.token()}", "content-type": "application/cloudevents+json"}
    answer = await journal.http.post("/events", content=endless(), headers=headers)

    assert answer.status_code == 413
    assert sent < 128 * 1024


async def test_the_door_is_described(journal: Journal) -> None:
    described = (await journal.http.get("/openapi.json")).json()["paths"]["/events"]["post"]

    assert set(described["requestBody"]["content"]) == {"application/cloudevents+json", BATCH, "application/json"}
    assert {"202", "400", "401", "403", "409", "413", "415", "422"} <= described["responses"].keys()


async def test_a_card_is_known_however_its_code_is_typed(journal: Journal, meeting: UUID) -> None:
    await journal.knows(card="RQWSTBDZ")
    assert (await journal.post(reported(None, meeting, data__cardCode="rqws tbdz"))).status_code == 202


@pytest.mark.parametrize(("time", "code"), [("2026-11-22T10:00:00", "time-without-zone"), ("noon", "not-a-time")])
async def test_the_envelopes_time_is_a_time_with_a_zone(
    journal: Journal, client: UUID, meeting: UUID, time: str, code: str
) -> None:
    answer = await journal.post(reported(client, meeting, time=time))
    assert answer.status_code == 400
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [("time", code)]

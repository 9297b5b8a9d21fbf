"""A referrals for a test: its databases made by its own migrations, all its doors, and whoever calls them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
from fastapi import FastAPI

from deploy.local.postgres import EmbeddedPostgres
from services.referrals.app import create_app
from services.referrals.directory.store import listed
from services.referrals.handlers.attendance import Attendance
from services.referrals.systems import access_tokens, handlers
from services.referrals.systems.registration import RegisteredSystem
from shared.events.envelope import Event
from shared.events.journal import AttendanceCorrected, AttendanceRecorded, Standing
from shared.events.saying import about_client
from shared.meetings import Meeting, meeting_id, occurrence_on
from shared.messaging.settings import KafkaSettings
from shared.privacy.master import new_master_file
from shared.service.settings import ServiceSettings
from shared.storage.database import Database
from shared.web.settings import WebSettings
from tests.databases import databases_of
from tests.unit.web_builder import PEOPLE, TestIssuer, bearer

NUMBER = "9990548609"
NHS = f"https://fhir.nhs.uk/Id/nhs-number|{NUMBER}"
REVISIONS = Path("services/referrals/migrations")
ROBIN: dict[str, Any] = {
    "nhsNumber": NUMBER,
    "name": "Robin Example",
    "birthDate": "1980-02-03",
    "for": "self",
    "forWhat": ["alcohol"],
    "timeZone": "Europe/London",
}
SOURCE = "https://check-in.example/x99"


@dataclass
class Referrals:
    """`http` calls as nobody; `get`, `post`… as kay, keyworker of X99's north team, unless told otherwise."""

    app: FastAPI
    http: httpx.AsyncClient
    issuer: TestIssuer

    @property
    def database(self) -> Database:
        return self.app.state.database  # type: ignore[no-any-return]

    def person(self, **changed: object) -> dict[str, str]:
        return bearer(self.issuer.person(**changed))

    async def post(
        self, path: str, body: object = None, *, who: dict[str, str] | None = None, if_match: str | None = None
    ) -> httpx.Response:
        headers = {**(who or self.person()), **({"If-Match": if_match} if if_match else {})}
        return await self.http.post(f"/api{path}", json=body, headers=headers)

    async def put(
        self, path: str, body: object, *, who: dict[str, str] | None = None, if_match: str | None = None
    ) -> httpx.Response:
        headers = {**(who or self.person()), **({"If-Match": if_match} if if_match else {})}
        return await self.http.put(f"/api{path}", json=body, headers=headers)

    async def get(self, path: str, *, who: dict[str, str] | None = None) -> httpx.Response:
        return await self.http.get(f"/api{path}", headers=who or self.person())

    async def open(self, **changed: object) -> dict[str, Any]:
        """Robin's referral, open for a month."""
        month_ago = (datetime.now(UTC) - timedelta(days=30)).isoformat()
        body = {name: value for name, value in {**ROBIN, "openedAt": month_ago, **changed}.items() if value is not None}
        answer = await self.post("/referrals", body)
        assert answer.status_code == 201, answer.text
        return answer.json()  # type: ignore[no-any-return]

    async def shown(self, referral_id: str) -> dict[str, Any]:
        answer = await self.get(f"/referrals/{referral_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()  # type: ignore[no-any-return]

    async def lists(self, *meetings: Meeting) -> None:
        async with self.database.work() as uow:
            await listed.put(uow.connection, meetings)

    async def hears(self, *events: Event[Any]) -> None:
        """From journal, in one batch."""
        async with self.database.work() as uow:
            await Attendance(self.app.state.saving).apply(uow, events)

    async def said(self) -> list[tuple[str, dict[str, Any]]]:
        """Everything in the outbox, as type and data."""
        async with self.database.reading() as connection:
            cursor = await connection.execute("SELECT headers, value FROM outbox ORDER BY seq")
            rows = await cursor.fetchall()
        return [(_type(headers), orjson.loads(value)) for headers, value in rows]

    async def system(self, *scopes: str, provider: str = "X99") -> dict[str, str]:
        """A registered system's bearer."""
        system = RegisteredSystem("records", provider, None, None, scopes, {"keys": []}, "active")
        address = "http://localhost:8401"
        async with self.database.work() as uow:
            key = await handlers.current_key(uow)
            token = access_tokens.issue(
                system, scopes, issuer=address, key=key, cipher=uow.keys.service, now=datetime.now(UTC)
            )
        return bearer(token.text)

    async def registers(self, source: str = SOURCE) -> None:
        """An emitter of X99."""
        insert = (
            "INSERT INTO registered_system VALUES ('check-in', 'X99', %s, 'emitter', '{}', '{}', 'active', now(), '')"
        )
        async with self.database.work() as uow:
            await uow.connection.execute(insert, (source,))

    async def plans(self, **asked: str) -> dict[str, Any]:
        """The CarePlan of Robin's NHS number with its goals, as a record system gets it."""
        headers = await self.system("system/CarePlan.rs", "system/Goal.rs")
        body = {"patient:identifier": NHS, "_include": "CarePlan:goal", **asked}
        answer = await self.http.post("/fhir/CarePlan/_search", data=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()  # type: ignore[no-any-return]

    async def goals(self) -> list[tuple[str, str | None, str]]:
        """Of Robin, on FHIR: lifecycleStatus, achievementStatus, versionId."""
        return [
            (
                r["lifecycleStatus"],
                r.get("achievementStatus", {}).get("coding", [{}])[0].get("code"),
                r["meta"]["versionId"],
            )
            for r in (entry["resource"] for entry in (await self.plans()).get("entry", []))
            if r["resourceType"] == "Goal"
        ]


def _type(headers: bytes) -> str:
    """`uk.famalink.referrals.` and `.v1` left out."""
    name: str = orjson.loads(headers)["ce_type"]
    return name.split(".", 3)[3].removesuffix(".v1")


@asynccontextmanager
async def referrals(postgres: EmbeddedPostgres, directory: Path) -> AsyncIterator[Referrals]:
    """Only its doors are open: nothing is published, and journal speaks through `hears`."""
    issuer = TestIssuer()
    issuer.publish(directory)
    databases = databases_of("referrals", postgres)
    master = directory / "master.json"
    master.write_bytes(new_master_file())
    web = WebSettings.read("referrals", {"SIGN_IN_ISSUER": PEOPLE, "STATE_DIR": str(directory)})
    app = create_app(ServiceSettings(web, KafkaSettings("localhost:1"), databases, master))
    database: Database = app.state.database
    await database.keys.open()
    await database.open()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8401") as http:
        try:
            yield Referrals(app, http, issuer)
        finally:
            await database.close()
            await database.keys.close()


def meeting(name: str = "AA", weekday: int = 2, **said: Any) -> Meeting:  # noqa: ANN401 - as in Meeting
    """Tuesdays at seven in the evening, in London, unless told otherwise."""
    usual: dict[str, Any] = {
        "meeting_id": meeting_id("test", f"{name.lower()}-{weekday}"),
        "feed": "test",
        "source_id": f"{name.lower()}-{weekday}",
        "name": name,
        "organisation": "aa",
        "format": "in-person",
        "weekday": weekday,
        "start": time(19),
        "length": 60,
        "time_zone": "Europe/London",
        "audience": "self",
        "for_what": ("alcohol",),
        "status": "active",
        "in_feed_on": date(2026, 11, 1),
    }
    return Meeting(**usual | said)


def attended(
    client: str,
    at: Meeting,
    day: date,
    outcome: str = "attended",
    *,
    by: str = "emitter",
    disagreement: bool = False,
    corrects: UUID | None = None,
) -> Event[Any]:
    """As journal says it: `outcome` stands, decided by `by`."""
    occurrence = occurrence_on(at, day)
    assert occurrence is not None
    data: dict[str, Any] = {
        "fact_id": uuid4(),
        "meeting_id": at.meeting_id,
        "date": day,
        "start": occurrence.start,
        "outcome": outcome,
        "reported_by": by,
        "observed_at": occurrence.end,
        "standing": Standing(outcome=outcome, decided_by=by, disagreement=disagreement),
    }
    made = AttendanceCorrected(**data, corrects=corrects) if corrects else AttendanceRecorded(**data)
    whose: dict[str, Any] = {"client": UUID(client), "provider": "X99", "team": "north"}
    return about_client("journal", made, **whose, time=occurrence.end, recorded=datetime.now(UTC))


def days_ahead(weekday: int, weeks: int = 0) -> date:
    """The next such weekday from today on, or weeks before or after it."""
    today = datetime.now(UTC).date()
    return today + timedelta(days=(weekday - today.isoweekday()) % 7, weeks=weeks)


def words(answer: httpx.Response) -> Sequence[tuple[str, str]]:
    return [(problem["field"], problem["code"]) for problem in answer.json()["errors"]]

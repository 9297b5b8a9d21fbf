"""Every door of every service, and who may pass it. A route that is not in these tables fails the walk."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from tests.integration.company_builder import ROWAN
from tests.integration.directory_builder import as_csv, ten
from tests.integration.referrals_builder import NHS, days_ahead
from tests.integration.systems_builder import ec_key
from tests.integration.walls.scene import AA, CLOUD, CONTACT, ROBIN, SOURCE, nhs_number, reported

Wall = Literal[
    "open",
    "signed in",
    "operations",
    "keyworkers",
    "team leads",
    "champions",
    "arrangers",
    "its operations",
    "its care team",
    "its keyworkers",
    "its team lead",
    "its arrangers",
    "the peer's champions",
    "the peer's arrangers",
    "the peer's team lead",
]
LET_IN: Mapping[str, frozenset[str]] = {
    "signed in": frozenset({"kay", "kim", "tess", "rae", "otto", "ned", "zoe", "lea", "ola", "roy"}),
    "operations": frozenset({"otto", "ola"}),
    "keyworkers": frozenset({"kay", "kim", "tess", "zoe", "lea"}),
    "team leads": frozenset({"tess", "lea"}),
    "champions": frozenset({"rae", "roy", "tess", "lea"}),
    "arrangers": frozenset({"rae", "roy", "kay", "kim", "tess", "zoe", "lea"}),
    "its operations": frozenset({"otto"}),
    "its care team": frozenset({"kay", "tess"}),
    "its keyworkers": frozenset({"kay", "kim", "tess"}),
    "its team lead": frozenset({"tess"}),
    "its arrangers": frozenset({"rae", "kay", "tess"}),
    "the peer's champions": frozenset({"rae", "tess"}),
    "the peer's arrangers": frozenset({"rae", "kay", "kim", "tess"}),
    "the peer's team lead": frozenset({"tess"}),
}
"""Who of `builder.STAFF` passes. *Its*: of what is X99's and, where it is about a client, Robin's."""
STRANGERS: Mapping[str, frozenset[str]] = {
    "its operations": frozenset({"ola"}),
    "its care team": frozenset({"zoe", "lea"}),
    "its keyworkers": frozenset({"zoe", "lea"}),
    "its team lead": frozenset({"lea"}),
    "its arrangers": frozenset({"roy", "zoe", "lea"}),
    "the peer's champions": frozenset({"roy", "lea"}),
    "the peer's arrangers": frozenset({"roy", "zoe", "lea"}),
    "the peer's team lead": frozenset({"lea"}),
}
"""Who has the role, at the other provider: to them it does not exist. All others are refused for their role or team."""


@dataclass(frozen=True)
class Door:
    """`scope`: a system's, and no person's. `sent` is what httpx is given. `about`: a read of a person's data."""

    wall: str
    scope: str = ""
    sent: Mapping[str, Any] = field(default_factory=dict)
    about: bool = False


def json(wall: Wall, **body: object) -> Door:
    return Door(wall, sent={"json": body})


def _at(**ago: int) -> str:
    return (datetime.now(UTC) - timedelta(**ago)).isoformat()


OPEN_TO_ALL = (
    "GET /health/live",
    "GET /health/ready",
    "GET /metrics",
    "GET /openapi.json",
    "GET /docs",
    "GET /assets/{version}/{name:path}",
    "GET /sign-in",
    "GET /sign-in/callback",
    "POST /sign-out",
    "GET /signed-out",
)
OPEN_AT_REFERRALS = (
    "POST /oauth2/token",
    "GET /.well-known/jwks.json",
    "GET /fhir/.well-known/smart-configuration",
    "GET /fhir/metadata",
    "GET /answer/{token}",
    "POST /answer/{token}",
)
_EVERYWHERE = {door: Door("open") for door in OPEN_TO_ALL} | {
    "GET /": Door("signed in"),
    "GET /ops": Door("operations"),
    "GET /api/parked": Door("operations"),
    "GET /api/deadletters": Door("operations"),
    "GET /api/parked/{seq}": Door("its operations", about=True),
    "GET /api/deadletters/{letter}": Door("its operations", about=True),
    "GET /ops/parked/{seq}/discard": Door("its operations", about=True),
    "POST /api/parked/{seq}/retry": Door("its operations"),
    "POST /api/parked/{seq}/discard": Door("its operations"),
    "POST /api/deadletters/{letter}/replay": Door("its operations"),
    "POST /ops/parked/{seq}/retry": Door("its operations"),
    "POST /ops/parked/{seq}/discard": Door("its operations"),
    "POST /ops/deadletters/{letter}/replay": Door("its operations"),
}
_FHIR = {
    f"{method} /fhir/{kind}{rest}": Door("systems", f"system/{kind}.rs", sent, about=True)
    for kind in ("CarePlan", "Goal")
    for method, rest, sent in (
        ("GET", "", {}),
        ("POST", "/_search", {"data": {"patient:identifier": NHS}}),
        ("GET", f"/{{{kind}}}", {}),
        ("GET", f"/{{{kind}}}/_history/{{version}}", {}),
    )
}
_AT = "/api/referrals/{referralId}"
_MEETING = "/api/meetings/{meetingId}"
_SESSION = {"stage": 2, "heldAt": _at(days=20)}
_TO_AA = {"meetingId": str(AA.meeting_id), "date": str(days_ahead(2, weeks=2))}
_CSV = {"params": {"feed": "walls", "format": "csv", "timeZone": "Europe/London"}, "content": as_csv(*ten())}
_FILE = {
    "data": {"feed": "walls-brought", "format": "csv", "timeZone": "Europe/London"},
    "files": {"file": as_csv(*ten())},
}
_FEED = {
    "feed": "walls-fetched",
    "format": "csv",
    "url": "https://lists.example/meetings.csv",
    "timeZone": "Europe/London",
    "dailyAt": "04:30",
    "owner": "Otto Example",
    "area": "North",
}
_SYSTEM = {
    "name": "check-in",
    "provider": "X99",
    "source": SOURCE,
    "reportsAs": "emitter",
    "scopes": ["attendance.write"],
    "jwks": ec_key().jwks,
}
_WINDOW = {"from": "2026-01-01", "to": "2026-12-31"}
_OWN_MAPPING = {
    "version": "OURS",
    "status": "current",
    "columns": [
        {"name": "WHO", "holds": "nhs-number"},
        {"name": "WHEN", "holds": "date", "format": "YYYY-MM-DD"},
        {"name": "WHAT", "holds": "facilitated", "code": "1"},
    ],
}
_PAGE = "/clients/{referralId}"
_NEWCOMER = {"name": "May Letin", "birthDate-day": "3", "birthDate-month": "4", "birthDate-year": "1980"} | {
    "nhsNumber": nhs_number(),
    "for": "self",
    "forWhat": ["alcohol"],
}
_CORRECTED = {"name": "Pat Letin", "birthDate-day": "3", "birthDate-month": "2", "birthDate-year": "1980"}
_SESSION_TYPED = {"correcting": "yes", "stage": "2", "heldAt-day": "1", "heldAt-month": "11", "heldAt-year": "2026"}
_CONSOLE = {
    "GET /meetings": Door("keyworkers"),
    "POST /meetings/areas": Door("team leads", sent={"data": {"area": "all", "owner": "kay"}}),
    "GET /meetings/{meetingId}": Door("keyworkers"),
    "POST /meetings/{meetingId}/confirmation": Door("keyworkers", sent={"data": {"on-day": ""}}),
    "POST /meetings/{meetingId}/local-knowledge": Door("keyworkers", sent={"data": {"door": "The blue one"}}),
    "POST /meetings/{meetingId}/concerns": Door("keyworkers", sent={"data": {"passedTo": "team-lead"}}),
    "POST /meetings/{meetingId}/pause": Door("team leads"),
    "POST /meetings/{meetingId}/resumption": Door("team leads"),
    "GET /clients": Door("keyworkers", about=True),
    "GET /clients/new": Door("keyworkers"),
    "POST /clients/new": Door("keyworkers", sent={"data": _NEWCOMER}),
    "GET /clients/find": Door("keyworkers"),
    "POST /clients/find": Door("keyworkers", sent={"data": {"name": "Nobody"}}),
    "GET /people/{clientId}/access": Door("its keyworkers", about=True),
    "GET /people/{clientId}/accesses": Door("its care team", about=True),
    "POST /people/{clientId}/access": Door("its keyworkers", sent={"data": {"reason": "An emergency"}}),
    "GET /people/{clientId}/kept-apart": Door("its care team", about=True),
    "POST /people/{clientId}/kept-apart": Door("its care team", sent={"data": {"colleague": "kim"}}),
    "POST /people/{clientId}/kept-apart/{kind}/{other}/removal": Door("its care team"),
    "GET /people/{clientId}/audit": Door("its team lead", about=True),
    "GET /people/{clientId}": Door("its care team", about=True),
    f"GET {_PAGE}/handover": Door("its care team", about=True),
    f"POST {_PAGE}/handover": Door("its care team", sent={"data": {"to": "kay"}}),
    "GET /team": Door("team leads"),
    "GET /team/audit": Door("team leads"),
    "GET /handouts": Door("keyworkers"),
    "GET /organisations": Door("keyworkers"),
    f"GET {_PAGE}": Door("its care team", about=True),
    f"POST {_PAGE}/goals": Door("its care team", sent={"data": {"kind": "choose-meeting", "state": "proposed"}}),
    f"POST {_PAGE}/goals/{{goalId}}/outcome": Door("its care team", sent={"data": {"outcome": "achieved"}}),
    f"GET {_PAGE}/commitments/{{commitmentId}}/company": Door("its care team", about=True),
    f"POST {_PAGE}/company/{{companyId}}/withdrawal": Door("its care team"),
    f"POST {_PAGE}/commitments/{{commitmentId}}/company": Door("its care team", sent={"data": {"offers": "go-with"}}),
    f"POST {_PAGE}/commitments/{{commitmentId}}/withdrawal": Door("its care team"),
    f"POST {_PAGE}/commitments/{{commitmentId}}/outcome": Door(
        "its care team", sent={"data": {"outcome": "attended", "by": "client"}}
    ),
    f"GET {_PAGE}/attended": Door("its care team", about=True),
    f"POST {_PAGE}/attended": Door("its care team", sent={"data": {"date": "2026-11-03", "name": "AA"}}),
    f"POST {_PAGE}/flags": Door("its care team", sent={"data": {"code": "message-undeliverable"}}),
    f"POST {_PAGE}/consents": Door("its care team", sent={"data": {"consents": ["records", "peers"]}}),
    f"GET {_PAGE}/meetings": Door("its care team", about=True),
    f"POST {_PAGE}/meetings": Door("its care team", sent={"data": {"format": "in-person"}}),
    f"POST {_PAGE}/meetings/plan": Door("its care team", sent={"data": {"plan": f"{AA.meeting_id}|{days_ahead(2)}"}}),
    f"POST {_PAGE}/meetings/print": Door("its care team", sent={"data": {"near": "53.95,-4.2"}}),
    f"POST {_PAGE}/meetings/compare": Door("its care team", sent={"data": {"meeting": [str(AA.meeting_id)] * 2}}),
    f"GET {_PAGE}/sessions/new": Door("its care team", about=True),
    f"GET {_PAGE}/sessions/{{sessionId}}": Door("its care team", about=True),
    f"POST {_PAGE}/sessions/{{sessionId}}": Door("its care team", sent={"data": _SESSION_TYPED}),
    f"POST {_PAGE}/sessions/{{sessionId}}/draft": Door("its care team", sent={"data": _SESSION_TYPED}),
    f"POST {_PAGE}/sessions/{{sessionId}}/draft/discard": Door("its care team"),
    f"POST {_PAGE}/ending": Door("its care team", sent={"data": {"ending": "engaged"}}),
    f"GET {_PAGE}/identity": Door("its care team", about=True),
    f"POST {_PAGE}/identity": Door("its care team", sent={"data": _CORRECTED}),
    f"GET {_PAGE}/card": Door("its care team", about=True),
    f"POST {_PAGE}/card": Door("its care team"),
    f"GET {_PAGE}/circumstances": Door("its care team", about=True),
    f"POST {_PAGE}/circumstances": Door("its care team", sent={"data": {"so": "noPhone"}}),
    f"POST {_PAGE}/reopening": Door("its care team"),
}
"""Pages of the keyworker's console: the same handlers, behind the same walls."""
_PEER_FORM = {
    "name": "Fay Letin",
    "knownAs": "Fay",
    "model": "recovery-champion",
    "agreedOn-day": "5",
    "agreedOn-month": "1",
    "agreedOn-year": "2026",
    "offers": "go-with",
}
_CONCERN_FORM = {"passedTo": "Sal", "passedOn-day": "2", "passedOn-month": "11", "passedOn-year": "2026"}
_COMPANY = {
    "GET /api/peers": Door("champions"),
    "POST /api/peers": json("champions", **ROWAN),
    "GET /api/peers/{peerId}": Door("the peer's champions"),
    "PUT /api/peers/{peerId}": json("the peer's champions", **ROWAN),
    "POST /api/peers/{peerId}/concerns": json("the peer's arrangers", passedTo="Sal", passedOn="2026-11-02"),
    "PUT /api/peers/{peerId}/pause": json("its team lead", paused=False),
    "GET /api/company/models": Door("arrangers"),
    "PUT /api/company/models": json("team leads", models=["recovery-champion"]),
    "GET /api/company/requests": Door("arrangers"),
    "GET /api/company/{companyId}/suggestions": Door("its arrangers", about=True),
    "GET /company": Door("arrangers"),
    "GET /company/peers": Door("champions"),
    "GET /company/peers/new": Door("champions"),
    "POST /company/peers/new": Door("champions", sent={"data": _PEER_FORM}),
    "GET /company/peers/{peerId}": Door("the peer's champions"),
    "POST /company/peers/{peerId}": Door("the peer's champions", sent={"data": _PEER_FORM}),
    "POST /company/peers/{peerId}/concern": Door("the peer's champions", sent={"data": _CONCERN_FORM}),
    "POST /company/peers/{peerId}/pause": Door("its team lead", sent={"data": {"paused": "no"}}),
    "POST /company/peers/{peerId}/told": Door("the peer's champions"),
    "GET /company/peers/{peerId}/erasure": Door("the peer's team lead"),
    "POST /company/peers/{peerId}/erasure": Door("the peer's team lead"),
    "GET /company/{companyId}": Door("its arrangers", about=True),
    "POST /company/{companyId}/offer/{peerId}": Door("its arrangers"),
    "POST /company/{companyId}/answer": Door("its arrangers", sent={"data": {"answer": "taken-back"}}),
    "POST /api/company/{companyId}/offer/{peerId}": Door("its arrangers"),
    "POST /api/company/{companyId}/answer": json("its arrangers", answer="yes"),
    f"GET {_AT}/company": Door("its care team", about=True),
    f"POST {_AT}/company/{{companyId}}/withdrawal": json("its care team"),
    f"POST {_AT}/commitments/{{commitmentId}}/company": json("its care team"),
    "DELETE /api/peers/{peerId}": Door("its team lead"),
}
DOORS: Mapping[str, Mapping[str, Door]] = {
    "referrals": _EVERYWHERE
    | {door: Door("open") for door in OPEN_AT_REFERRALS}
    | _FHIR
    | _COMPANY
    | {
        "POST /api/referrals": json("keyworkers", **ROBIN | {"name": "Fay Letin", "nhsNumber": nhs_number()}),
        f"GET {_AT}": Door("its care team", about=True),
        f"PUT {_AT}/identity": json("its care team", name=ROBIN["name"]),
        f"PUT {_AT}/consents": json("its care team", records=True, peers=True, emitters=[SOURCE]),
        f"POST {_AT}/card": Door("its care team"),
        f"POST {_AT}/sessions": json("its care team", **_SESSION),
        f"PUT {_AT}/sessions/{{sessionId}}": json("its care team", **_SESSION),
        f"PUT {_AT}/circumstances": json("its care team", noPhone=True),
        f"POST {_AT}/goals": json("its care team", kind="choose-meeting", state="proposed"),
        f"POST {_AT}/goals/{{goalId}}/outcome": json("its care team", outcome="achieved"),
        f"POST {_AT}/commitments": json(
            "its care team", meetingId=str(AA.meeting_id), date=str(days_ahead(2, weeks=2))
        ),
        f"POST {_AT}/commitments/{{commitmentId}}/outcome": json("its care team", outcome="attended", by="client"),
        f"POST {_AT}/commitments/{{commitmentId}}/withdrawal": json("its care team"),
        f"POST {_AT}/flags/seen": json("its care team", code="message-undeliverable"),
        f"POST {_AT}/ending": json("its care team", kind="engaged"),
        f"POST {_AT}/reopening": json("its care team"),
        f"GET {_AT}/identity": Door("its care team", about=True),
        f"POST {_AT}/handover": json("its care team", to="kay"),
        "POST /api/clients/_search": json("keyworkers", name="Robin Q"),
        "POST /api/clients/{clientId}/access": json("its keyworkers", reason="She is in our clinic, unwell."),
        "GET /api/clients/{clientId}/access": Door("its care team", about=True),
        "GET /api/audit": Door("team leads"),
        "GET /api/access": Door("team leads"),
        "GET /api/caseload": Door("keyworkers", about=True),
        "GET /api/clients/{clientId}/kept-apart": Door("its care team", about=True),
        "PUT /api/clients/{clientId}/kept-apart/{kind}/{other}": Door("its care team"),
        "DELETE /api/clients/{clientId}/kept-apart/{kind}/{other}": Door("its care team"),
        "GET /api/colleagues": Door("keyworkers"),
        "GET /api/meetings": Door("signed in"),
        "POST /api/meetings/_search": json("signed in", near="53.95,-4.2", kind=["newcomer"]),
        "GET /api/meetings/{meetingId}": Door("signed in"),
        f"POST {_MEETING}/confirmation": json("keyworkers"),
        f"GET {_MEETING}/local-knowledge": Door("keyworkers"),
        f"PUT {_MEETING}/local-knowledge": json("keyworkers", door="The blue one", knownBy=["kay"]),
        f"POST {_MEETING}/concerns": json("keyworkers", passedTo="team-lead"),
        f"GET {_MEETING}/concerns": Door("keyworkers"),
        f"POST {_MEETING}/pause": Door("team leads"),
        f"POST {_MEETING}/resumption": Door("team leads"),
        "GET /api/directory/paused": Door("keyworkers"),
        "GET /api/directory/due": Door("keyworkers"),
        "GET /api/directory/areas": Door("keyworkers"),
        "PUT /api/directory/areas/{area}": json("team leads", owner="kay", near="53.95,-4.2", within=10),
        "DELETE /api/directory/areas/{area}": Door("team leads"),
        "GET /api/directory/unmet": Door("operations"),
        "POST /api/directory/postcodes": Door("operations", sent={"content": "LS1 4AP,53.79,-1.55"}),
        "POST /api/meetings/_compare": json("signed in", meetingIds=[str(AA.meeting_id), str(AA.meeting_id)]),
        f"POST {_AT}/meetings/_search": Door("its care team", sent={"json": {"near": "53.95,-4.2"}}, about=True),
        "GET /api/organisations": Door("signed in"),
        "POST /api/organisations/_search": json("signed in", near="53.95,-4.2"),
        "GET /api/handouts": Door("signed in"),
        "GET /api/concerns": Door("signed in", sent={"params": {"for": "family"}}),
        "GET /api/handouts/{number}.pdf": Door("signed in", sent={"params": {"for": "self"}}),
        "POST /api/directory/imports": Door("operations", sent=_CSV),
        "GET /api/directory/alerts": Door("operations"),
        "POST /api/directory/alerts/{feed}/leaving": Door("operations"),
        "GET /ops/directory": Door("operations"),
        "GET /ops/directory/template.csv": Door("operations"),
        "POST /ops/directory/imports": Door("operations", sent=_FILE),
        "GET /ops/directory/sources/new": Door("operations"),
        "POST /ops/directory/sources": Door("operations", sent={"data": _FEED | {"feed": "walls-page"}}),
        "POST /ops/directory/sources/{source_id}/imports": Door("operations"),
        "POST /ops/directory/alerts/{feed}/leaving": Door("operations"),
        "GET /api/directory/sources": Door("operations"),
        "POST /api/directory/sources": json("operations", **_FEED),
        "POST /api/directory/sources/{sourceId}/imports": Door("operations"),
        "GET /api/directory/imports/{importId}": Door("operations"),
        "DELETE /api/directory/sources/{sourceId}": Door("operations"),
        "POST /ops/directory/sources/{source_id}/removal": Door("operations"),
        "GET /api/systems": Door("operations"),
        "POST /api/systems": Door("its operations", sent={"json": _SYSTEM}),
        "POST /api/systems/{name}/disabling": Door("its operations"),
        "GET /api/returns/ndtms": Door(
            "team leads", sent={"params": _WINDOW | {"mapping": "CDS-K", "supersededAnyway": "yes"}}
        ),
        "POST /api/returns/ndtms": json("team leads", **_WINDOW, mapping=_OWN_MAPPING),
        "DELETE /api/clients/{clientId}": Door("its team lead"),
    }
    | _CONSOLE,
    "journal": _EVERYWHERE
    | {
        "POST /events": Door(
            "systems",
            "attendance.write",
            sent={"json": reported(_at(hours=1), cardCode="NOBODYSCARD"), "headers": CLOUD},
        ),
        "GET /api/clients/{clientId}/attendance": Door("its care team", about=True),
    },
    "reminders": _EVERYWHERE
    | {
        "PUT /api/clients/{clientId}/contact": Door("its care team", sent={"json": CONTACT}),
        "GET /api/clients/{clientId}/contact": Door("its care team", about=True),
        "GET /api/clients/{clientId}/reminders": Door("its care team", about=True),
    },
}


def doors_of(app: FastAPI, fhir: Mapping[str, Any]) -> set[str]:
    """What the application really has, as `METHOD /path`. `fhir`: the statement of what is below `/fhir`."""
    found = set()
    for route in iter_route_contexts(app.routes):
        path = re.sub(r"/assets/[0-9a-f]{12}/", "/assets/{version}/", str(route.path))
        if path == "/fhir":
            found |= set(_stated(fhir))
        else:
            assert route.methods, f"{path}: of a kind that this walk does not know"
            found |= {f"{method} {path}" for method in route.methods if method != "HEAD"}
    return found


_INTERACTIONS = {
    "read": ["GET /fhir/{kind}/{{{kind}}}"],
    "vread": ["GET /fhir/{kind}/{{{kind}}}/_history/{{version}}"],
    "search-type": ["GET /fhir/{kind}", "POST /fhir/{kind}/_search"],
}


def _stated(capabilities: Mapping[str, Any]) -> Iterable[str]:
    yield "GET /fhir/metadata"
    [rest] = capabilities["rest"]
    assert rest.keys().isdisjoint({"interaction", "operation"}), "of the whole system: not walked yet"
    for resource in rest["resource"]:
        assert "operation" not in resource, "operations are not walked yet"
        for interaction in resource["interaction"]:
            for door in _INTERACTIONS[interaction["code"]]:
                yield door.format(kind=resource["type"])

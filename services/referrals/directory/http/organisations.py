"""`/api/organisations`: what a keyworker can say of each, for anybody who signed in."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from starlette.requests import Request

from services.referrals.directory.handlers.organisations import organisations_in_reach
from services.referrals.directory.http.places import Place, PlaceInBody, Within
from services.referrals.directory.http.placing import place_in
from services.referrals.directory.organisations import TOPICS
from services.referrals.directory.reach import Reach
from shared.storage.database import Database
from shared.web.access import Staff

router = APIRouter(prefix="/api/organisations", tags=["directory"])


class OrganisationsIn(BaseModel):
    """`near`: latitude,longitude and `within` kilometres; kept nowhere. Without it, wherever a meeting is held."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", hide_input_in_errors=True)

    near: Place | None = None
    within: Within = 10
    audience: Literal["self", "family"] | None = None


class OrganisationsBody(OrganisationsIn):
    """The same as a body; here `near` may also be a postcode."""

    near: PlaceInBody | None = None


class _Out(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, serialize_by_alias=True, hide_input_in_errors=True
    )


class ToldOut(_Out):
    """One thing to know of it: `topic` is stable, `label` and `text` are for people."""

    topic: str
    label: str
    text: str


class OrganisationOut(_Out):
    """`told` has the same topics in the same order for all. `here` and `online`: how many meetings."""

    code: str
    name: str
    twelve_step: bool
    outlook: str
    led_by: str
    audience: str
    for_what: tuple[str, ...]
    ways_of_taking_part: str
    for_co_occurring_mental_health: bool
    told: list[ToldOut]
    here: int
    online: int

    @classmethod
    def of(cls, reach: Reach) -> "OrganisationOut":
        known = reach.organisation
        return cls(
            code=known.code,
            name=known.label,
            twelve_step=known.twelve_step,
            outlook=known.outlook,
            led_by=known.led_by,
            audience=known.audience,
            for_what=known.for_what,
            ways_of_taking_part=known.ways,
            for_co_occurring_mental_health=known.co_occurring,
            told=[ToldOut(topic=topic, label=TOPICS[topic], text=text) for topic, text in known.told()],
            here=reach.here,
            online=reach.online,
        )


class OrganisationsOut(_Out):
    organisations: list[OrganisationOut]

    @classmethod
    def of(cls, found: Sequence[Reach]) -> "OrganisationsOut":
        return cls(organisations=[OrganisationOut.of(each) for each in found])


@router.get("")
async def get_organisations(_: Staff, asked: Annotated[OrganisationsIn, Query()], request: Request) -> OrganisationsOut:
    """Those with a meeting in reach or online. Whoever gives a client's place asks by `_search`."""
    return await _found(request, asked)


@router.post("/_search")
async def search_organisations(_: Staff, asked: OrganisationsBody, request: Request) -> OrganisationsOut:
    """The same, asked by a body: nothing on the way writes that down. It changes nothing."""
    return await _found(request, asked)


async def _found(request: Request, asked: OrganisationsIn) -> OrganisationsOut:
    database: Database = request.app.state.database
    async with database.reading() as connection:
        place = await place_in(connection, asked.near, asked.within)
        found = await organisations_in_reach(connection, request.app.state.directory, place, asked.audience)
    return OrganisationsOut.of(found)

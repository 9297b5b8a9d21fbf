"""What was typed on the page on which a meeting is chosen, as what is asked of the directory."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from starlette.requests import Request

from services.referrals.directory.handlers.suggesting import Choices, suggest
from services.referrals.directory.http.asking import MeetingsBody
from services.referrals.directory.http.placing import place_in
from services.referrals.directory.reach import in_reach
from services.referrals.directory.store import named
from services.referrals.directory.wanted import Near
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.vocabulary import For
from services.referrals.domain.when import local_day
from services.referrals.handlers.clients import client_of
from services.referrals.pages import forms
from services.referrals.pages.forms import Form
from shared.meetings import ORGANISATIONS
from shared.meetings.kinds import KINDS
from shared.meetings.languages import LANGUAGES
from shared.problems import Refused
from shared.storage.database import UnitOfWork

FIELDS = ("near", "within", "format", "ahead", "day", "time", "kind", "organisation", "language", "name", "limit")
"""Carried along from press to press: what was asked for is in no address, and kept nowhere."""
SHOWN = 12
MOST = 120
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIMES = {"morning": ("06:00", "12:00"), "afternoon": ("12:00", "17:30"), "evening": ("17:00", "24:00")}
_FORMATS = {"in-person": ["in-person", "hybrid"], "online": ["online", "hybrid"]}
"""Who wants to meet people there may also go where others join online."""
_NAMED = 1000
_OFFERED = (
    "newcomer", "women", "men", "young-people", "lgbtq", "secular", "co-occurring", "wheelchair", "sign-language",
)  # fmt: skip
RELAX: Mapping[str, str] = {
    "near": "how near it is",
    "format": "where it is held",
    "day": "the days",
    "free": "the times of day",
    "forWhat": "what it is about",
    "organisation": "the organisation",
    "name": "its name",
    "to": "how soon",
}
"""What could be left out, in words; a kind by its own name."""


def _limit(form: Form) -> int:
    said = form.value("limit")
    return min(int(said), MOST) if said.isascii() and said.isdecimal() and int(said) > 0 else SHOWN


async def found(uow: UnitOfWork, request: Request, pathway: Pathway, form: Form, *, or_online: bool = True) -> Choices:
    """What is known of the client shapes it: whom it is for, what did not fit, what keeps them safe.

    `or_online`: where it is left open, what is joined from home is near.
    """
    kinds = [*form.values("kind"), *(f"language-{code}" for code in form.values("language"))]
    weeks = form.value("ahead")
    today = local_day(uow.now, pathway.time_zone)
    asked = forms.parsed(
        MeetingsBody,
        {
            "format": _FORMATS.get(form.value("format")),
            "organisation": form.values("organisation") or None,
            "day": form.values("day") or None,
            "free": _free(form) or None,
            "kind": kinds,
            "near": form.value("near"),
            "within": form.value("within"),
            "orOnline": or_online and not form.value("format"),
            "to": str(today + timedelta(weeks=int(weeks))) if weeks in ("2", "4", "8") else None,
            "limit": _limit(form),
        },
    )
    place = await place_in(uow.connection, asked.near, asked.within)
    name = form.value("name")[:200]
    among = frozenset(await named.called(uow.connection, name, _NAMED)) if name else None
    wanted = asked.model_copy(update={"near": None}).wanted(place, among)
    client = await client_of(uow, pathway.client_id)
    return await suggest(uow, request.app.state.directory, pathway, client, wanted)


async def place(uow: UnitOfWork, form: Form) -> Near | None:
    """None: none was said, or it is none."""
    try:
        asked = forms.parsed(MeetingsBody, {"near": form.value("near"), "within": form.value("within")})
        return await place_in(uow.connection, asked.near, asked.within)
    except Refused:
        return None


async def lists(uow: UnitOfWork, request: Request, for_: For) -> dict[str, Sequence[tuple[str, str]]]:
    """What the lists on the page offer: only what some meeting is."""
    index = await request.app.state.directory.index(uow.connection)
    return {
        "offered": [(kind, KINDS[kind]) for kind in _OFFERED],
        "organisations": [
            (reach.organisation.code, reach.organisation.label)
            for reach in in_reach(index, None)
            if ORGANISATIONS[reach.organisation.code].audience in (for_, "both")
        ],
        "languages": [
            (code, name)
            for code, name in LANGUAGES.items()
            if code != "en" and index.having("kind", f"language-{code}")
        ],
    }


def relax_in_words(field: str, value: str | None) -> str:
    code = (value or "").removeprefix("language-")
    return KINDS.get(value or "") or LANGUAGES.get(code) or RELAX.get(field, field)


def _free(form: Form) -> Sequence[str]:
    """On every day that was chosen, at the times that were."""
    days, times = form.values("day") or DAYS, [_TIMES[said] for said in form.values("time") if said in _TIMES]
    return [f"{day} {from_}-{to}" for day in days for from_, to in times]

"""Finding or opening the referral of a story."""

from datetime import datetime
from typing import Any

from deploy.local.demo.doors import Doors
from deploy.local.demo.story import Story
from deploy.local.demo.systems import RECORD_SYSTEM
from deploy.local.demo.timeline import ZONE, opening
from shared.cli.failing import Failed

_NHS = "https://fhir.nhs.uk/Id/nhs-number"


async def open_referral(doors: Doors, story: Story, now: datetime) -> str:
    """Its id; also of one that is there already, from a run whose manifest is lost."""
    body = {
        "name": story.name,
        "birthDate": story.birth_date,
        "for": story.for_,
        "forWhat": list(story.for_what),
        "timeZone": ZONE.key,
        "openedAt": opening(story.opened, now).isoformat(),
    }
    if story.nhs_number:
        body["nhsNumber"] = story.nhs_number
    answer = await doors.call(story.keyworker, "POST", "referrals", "/api/referrals", also=[409], json=body)
    said = answer.json()
    if answer.status_code != 409:
        return str(said["referralId"])
    if not said.get("referrals"):
        raise Failed(f"{story.key}: {said['errors']}")
    return str(said["referrals"][0]["referralId"])


async def shown_to_records(doors: Doors, story: Story) -> str | None:
    """The referral's id as a record system finds it, ended ones too: those are not in the way of a new one."""
    if story.nhs_number is None or story.keyworker == "zoe" or not story.records:
        return None
    caller = RECORD_SYSTEM.caller(" ".join(RECORD_SYSTEM.scopes))
    form = {"patient:identifier": f"{_NHS}|{story.nhs_number}"}
    answer = await doors.call_until_known(caller, "POST", "referrals", "/fhir/CarePlan/_search", data=form)
    found: list[dict[str, Any]] = answer.json().get("entry", [])
    plans = [entry["resource"]["id"] for entry in found if entry["resource"]["resourceType"] == "CarePlan"]
    shown = [await read_referral(doors, story.keyworker, plan) for plan in plans]
    theirs = sorted((one["openedAt"], one["referralId"]) for one in shown if one and one["for"] == story.for_)
    return str(theirs[story.nth][1]) if len(theirs) > story.nth else None


async def read_referral(doors: Doors, keyworker: str, referral_id: str) -> dict[str, Any] | None:
    """None if there is no such referral: the databases are other ones than last time."""
    path = f"/api/referrals/{referral_id}"
    answer = await doors.call(keyworker, "GET", "referrals", path, also=[404])
    said: dict[str, Any] = answer.json()
    return None if answer.status_code == 404 else said

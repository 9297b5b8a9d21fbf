"""Two of the fictional people who are kept apart: neither is offered a meeting that the other plans to go to."""

from collections.abc import Mapping

from deploy.local.demo.doors import Doors
from deploy.local.demo.particular import DOTTEREL
from deploy.local.demo.people import CURLEW
from deploy.local.demo.referral import read_referral

PAIR = (CURLEW, DOTTEREL)


async def keep_apart(doors: Doors, referrals: Mapping[str, str]) -> None:
    """`referrals` by the keys of stories. Marked twice it is marked once."""
    shown = [await read_referral(doors, story.keyworker, referrals[story.key]) for story in PAIR]
    one, other = (referral["clientId"] for referral in shown if referral is not None)
    await doors.call(PAIR[0].keyworker, "PUT", "referrals", f"/api/clients/{one}/kept-apart/client/{other}")

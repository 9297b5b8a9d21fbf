"""The keyworker of the other team had to look at a client: their own keyworker and the team lead see it, and why."""

from collections.abc import Mapping

from deploy.local.demo.doors import Doors
from deploy.local.demo.people import JAY
from deploy.local.demo.referral import read_referral

REASON = "Came to the south office without an appointment; their keyworker could not be reached."


async def break_glass(doors: Doors, referrals: Mapping[str, str]) -> None:
    """`referrals` by the keys of stories. Whoever has access already is not given it twice."""
    shown = await read_referral(doors, JAY.keyworker, referrals[JAY.key])
    if shown is not None:
        door = f"/api/clients/{shown['clientId']}/access"
        await doors.call("sam", "POST", "referrals", door, json={"reason": REASON})

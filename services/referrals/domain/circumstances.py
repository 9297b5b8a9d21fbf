"""What a plan has to mind: a court's condition, a day of release, no phone, under 18 with the lead's agreement."""

from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_client import SetCircumstances
from services.referrals.domain.events import Event
from services.referrals.domain.events_client import CircumstancesSet
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.when import in_utc, local_day, untimely


@rule("That it is a court's condition is said to nobody.", source="O", effect="keeps", because="privacy")
@rule("Circumstances are set as a whole and said once.", source="O", effect="keeps")
@rule("Nothing goes to probation, and no proof of attendance is issued.", source="O", effect="keeps", because="privacy")
def set_circumstances(pathway: Pathway, command: SetCircumstances) -> list[Event] | Refusal:
    """All of them, as they are from now on. Nothing when they are so already."""
    if refusal := untimely(command.at, command.recorded_at, "at") or _refused(pathway, command):
        return refusal
    if command.circumstances == pathway.circumstances:
        return []
    return [CircumstancesSet(at=in_utc(command.at), commanded=True, circumstances=command.circumstances)]


@rule(
    "Half a circumstance is refused by field.",
    source="sense",
    effect="refuses",
    codes=(
        "not-court-ordered",
        "agreement-incomplete",
        "in-the-future",
    ),
)
@rule(
    "Release from detox is not kept on a family pathway.",
    source="O",
    effect="refuses",
    because="privacy",
    codes=("implies-own-use",),
)
def _refused(pathway: Pathway, command: SetCircumstances) -> Refusal | None:
    wanted = command.circumstances
    if pathway.for_ == "family" and wanted.release_from in ("detox", "rehab"):
        reason = "Detox and rehab say something about the client's own use; on a family pathway it is not kept."
        return Refusal("implies-own-use", reason, "releaseFrom")
    if wanted.court_set_by and not wanted.court_ordered:
        return Refusal("not-court-ordered", "Say that it is a condition, or leave out who set it.", "courtOrdered")
    if bool(wanted.safeguarding_agreed_by) != bool(wanted.safeguarding_agreed_on):
        reason = "The safeguarding lead's agreement has a name and a day."
        missing = "safeguardingAgreedOn" if wanted.safeguarding_agreed_by else "safeguardingAgreedBy"
        return Refusal("agreement-incomplete", reason, missing)
    if wanted.safeguarding_agreed_on and wanted.safeguarding_agreed_on > local_day(command.at, pathway.time_zone):
        return Refusal("in-the-future", "This has not happened yet.", "safeguardingAgreedOn")
    return None

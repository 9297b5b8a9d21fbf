"""Prison, detox, rehab: opened before release, with the area, a first meeting and company for the day itself."""

from datetime import date as Day

from services.referrals.domain.pathway import Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.suggested import Suggested
from services.referrals.domain.words import in_words


@rule("A first meeting and company are suggested for the day of release.", source="O", effect="suggests")
@rule("The area is asked for while it is not known, and nothing once the day is over.", source="O", effect="suggests")
def release_day(pathway: Pathway, today: Day) -> list[Suggested]:
    """[O] What the day of release still lacks; nothing once it is over."""
    circumstances = pathway.circumstances
    day = circumstances.release_on
    if day is None or day < today:
        return []
    found: list[Suggested] = []
    if circumstances.release_area is None:
        found.append(
            Suggested("release-area", "Note the area that the client is released to: meetings are listed for it.")
        )
    that_day = [made for made in pathway.commitments if made.state == "planned" and made.date == day]
    if not that_day:
        found.append(Suggested("release-day-meeting", f"Plan a first meeting for the day of release, {in_words(day)}."))
    if not any(made.accompanied for made in that_day):
        words = f"Arrange somebody to go with on the day of release, {in_words(day)}."
        found.append(Suggested("release-day-company", words))
    return found


@rule("No phone is assumed before release nor on its day.", source="O", effect="keeps")
def phone_assumed(pathway: Pathway, today: Day) -> bool:
    """Never before release nor on its day, and never for who has none: everything works on paper."""
    circumstances = pathway.circumstances
    inside = circumstances.release_on is not None and today <= circumstances.release_on
    return not (circumstances.no_phone or inside)

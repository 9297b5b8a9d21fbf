"""Hand-outs 1 to 10: given, read, talked through, filled in; in any order, any number of times [G]."""

from collections.abc import Sequence
from datetime import date as Day

from services.referrals.domain.answers import Caution, Refusal
from services.referrals.domain.commands_sessions import HandoutNoted
from services.referrals.domain.rules import rule
from services.referrals.domain.session_parts import Handout

_FILLED_IN = range(7, 11)
_MAY_BE_FILLED_IN = range(6, 11)


@rule("Hand-outs are numbered 1 to 10.", source="sense", effect="refuses", codes=("unknown-handout",))
@rule("What has not happened yet cannot be noted.", source="sense", effect="refuses", codes=("in-the-future",))
def handout_refused(handout: HandoutNoted, field: str, today: Day) -> Refusal | None:
    if not 1 <= handout.number <= 10:
        return Refusal("unknown-handout", "Hand-outs are numbered 1 to 10.", f"{field}.number")
    if handout.date and handout.date > today:
        return Refusal("in-the-future", "This has not happened yet.", f"{field}.date")
    return None


@rule(
    "Hand-outs 7 to 10 are filled in, not read.",
    source="G",
    effect="warns",
    codes=("filled-in-not-read",),
    where="Hand-outs",
)
@rule(
    "A hand-out without anything to fill in is pointed out.",
    source="G",
    effect="warns",
    codes=("nothing-to-fill-in",),
    where="Hand-outs",
)
def filled_in_not_read(handouts: Sequence[HandoutNoted]) -> list[Caution]:
    """[G] 7 to 10 are filled in, not read; parts of 6, too. It is taken as it was said."""
    read = {handout.number for handout in handouts if handout.state == "read" and handout.number in _FILLED_IN}
    filled = {h.number for h in handouts if h.state == "filled-in" and h.number not in _MAY_BE_FILLED_IN}
    return [
        *(
            Caution("filled-in-not-read", f"Hand-out {number} is filled in rather than read.")
            for number in sorted(read)
        ),
        *(Caution("nothing-to-fill-in", f"Hand-out {number} has nothing to fill in.") for number in sorted(filled)),
    ]


@rule(
    "A hand-out is given, read and talked through in any order any number of times.",
    source="G",
    effect="keeps",
    where="Hand-outs",
)
def noted(handout: HandoutNoted, day: Day) -> Handout:
    """`day` is the session's, for a hand-out without a date of its own."""
    return Handout(
        number=handout.number,
        state=handout.state,
        date=handout.date or day,
        format=handout.format,
        language=handout.language,
    )

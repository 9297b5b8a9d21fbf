"""Which of a team's clients a keyworker wants to see: everything is asked of the state as it is today."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.referrals.domain.evidence import not_heard_from
from services.referrals.domain.flags import flags_shown
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.vocabulary import FlagCode, For

NO_SESSION = 0
"""As a stage: no session was held yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Whatever is not asked for is left open. `keyworker` is a `sub`, `team` another one than the worker's own."""

    keyworker: str | None = None
    team: str | None = None
    for_: For | None = None
    stage: Literal[0, 1, 2, 3] | None = None
    state: Literal["open", "ended"] = "open"
    not_heard_from: bool = False
    flagged: bool = False
    flag: FlagCode | None = None


def is_sought(pathway: Pathway, sought: Sought, now: datetime) -> bool:
    """Whatever keyworker, team, `for` and state are: those are told apart without opening what is sealed."""
    if sought.stage is not None and (pathway.stage or NO_SESSION) != sought.stage:
        return False
    if sought.not_heard_from and not not_heard_from(pathway, now):
        return False
    if sought.flagged or sought.flag:
        codes = {flag.code for flag in flags_shown(pathway, now)}
        return sought.flag in codes if sought.flag else bool(codes)
    return True

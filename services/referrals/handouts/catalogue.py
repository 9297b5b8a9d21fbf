"""Which hand-outs there are, and in which wording for whom."""

from services.referrals.handouts.blocks import For, Handout
from services.referrals.handouts.content import (
    h01_what_is_mutual_aid,
    h02_why_family,
    h02_why_self,
    h03_going_family,
    h03_going_self,
    h04_joining_family,
    h04_joining_self,
    h05_problems_family,
    h05_problems_self,
    h07_goal_planner,
    h08_benefits,
    h09_problems_family,
    h09_problems_self,
    h10_journal_family,
    h10_journal_self,
)
from services.referrals.handouts.content.h06_local_groups import local_groups
from services.referrals.handouts.meeting_cards import blank_cards

LOCAL_GROUPS = 6
"""The one that shows meetings; in the catalogue it has blank places to write them in."""

WORDINGS = (
    h01_what_is_mutual_aid.HANDOUT,
    h02_why_self.HANDOUT,
    h02_why_family.HANDOUT,
    h03_going_self.HANDOUT,
    h03_going_family.HANDOUT,
    h04_joining_self.HANDOUT,
    h04_joining_family.HANDOUT,
    h05_problems_self.HANDOUT,
    h05_problems_family.HANDOUT,
    local_groups(blank_cards()),
    h07_goal_planner.HANDOUT,
    h08_benefits.HANDOUT,
    h09_problems_self.HANDOUT,
    h09_problems_family.HANDOUT,
    h10_journal_self.HANDOUT,
    h10_journal_family.HANDOUT,
)
"""Each text once, also where it is the same for all."""
HANDOUTS: dict[tuple[int, For], Handout] = {
    (handout.number, whom): handout for handout in WORDINGS for whom in handout.wording
}
NUMBERS = sorted({number for number, _ in HANDOUTS})

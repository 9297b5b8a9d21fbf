"""Under which heading of the guide a rule is listed: by the module that keeps it."""

from shared.rules import Rule

FURTHER = "Further rules"
LAST = "What cannot be"
HEADINGS: dict[str, tuple[str, ...]] = {
    "Opening a pathway, and coming back": ("opening", "identity", "recognising"),
    "Sessions and the next stage": (
        "sessions",
        "stages",
        "suggestions",
        "suggested",
        "caseload",
        "staff",
        "handing_over",
        "handover",
    ),
    "Stage 1: introducing mutual aid": ("experience", "needs"),
    "Stage 2: encouraging the client to engage": (
        "before_committing",
        "commitment_cautions",
        "commitments",
    ),
    "Someone to go with": ("company", "company_consequences", "pairing", "peers"),
    "Stage 3: taking an interest": ("taking_part", "kinds_of_group", "fitting", "evidence"),
    "Hand-outs": ("handouts",),
    "Concerns": ("replies", "concerns"),
    "Care-planned goals": ("goals", "goal_kinds", "goals_by_attendance"),
    "Commitments": ("commitments_outcome",),
    "Commitment and attendance meet in either order": ("attendance", "standing"),
    "Endings": ("ending", "consequences"),
    "Meetings (the directory)": ("comparison", "due", "held", "meeting_changes", "occurrences"),
    "Choosing a meeting": ("choosing", "facts", "filters", "for_client", "local", "ranking"),
    "Safety, dignity, privacy": (
        "circumstances",
        "consents",
        "family",
        "flags",
        "glass",
        "keeping_apart",
        "lapse",
        "planning",
        "release",
        "safety",
        "wording",
        "young",
    ),
}
"""Heading -> modules, by their last name. In the order of the guide."""
_OF_MODULE = {module: heading for heading, modules in HEADINGS.items() for module in modules}


def heading_of(rule: Rule) -> str:
    """A module that is not named here yet has its rules among the further ones."""
    return LAST if rule.source == "sense" else _OF_MODULE.get(rule.module.rpartition(".")[2], FURTHER)

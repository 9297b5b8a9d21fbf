"""Organisations to know by name, with what a keyworker can say of each (3-fama, *Meetings* [S])."""

from collections.abc import Mapping

from services.referrals.directory.organisation_facts.family import FAMILY
from services.referrals.directory.organisation_facts.organisation import TOPICS, Organisation
from services.referrals.directory.organisation_facts.others import OTHERS
from services.referrals.directory.organisation_facts.twelve_step import TWELVE_STEP

__all__ = ["ORGANISATIONS", "TOPICS", "Organisation"]

ORGANISATIONS: Mapping[str, Organisation] = {known.code: known for known in (*TWELVE_STEP, *OTHERS, *FAMILY)}
"""By code, each of `shared.meetings.ORGANISATIONS`."""

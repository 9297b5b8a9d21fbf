"""Whose record it is, and how it is to be handled."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from services.referrals.domain.identity import NhsNumber
from services.referrals.domain.vocabulary import For
from services.referrals.fhir.canonicals import ACT_CODE, CONFIDENTIALITY, NHS_NUMBER

_RESTRICTED = {"system": CONFIDENTIALITY, "code": "R", "display": "restricted"}
_OWN_USE = (
    {"system": ACT_CODE, "code": "ETH", "display": "substance abuse information sensitivity"},
    {"system": ACT_CODE, "code": "SUD", "display": "substance use disorder information sensitivity"},
)
LABELS: Mapping[For, tuple[Mapping[str, str], ...]] = {"self": (_RESTRICTED, *_OWN_USE), "family": (_RESTRICTED,)}
"""A family member's record implies no use of their own."""


def subject(number: NhsNumber) -> dict[str, Any]:
    """By NHS number alone, until Patient is served."""
    return {"type": "Patient", "identifier": {"system": NHS_NUMBER, "value": number}}


@lru_cache(maxsize=8)
def meta(profile: str, for_: For) -> Mapping[str, Any]:
    return {"profile": [profile], "security": list(LABELS[for_])}

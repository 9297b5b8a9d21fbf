"""What is so about the client: circumstances, consents, and what belongs to all of their pathways."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.referrals.domain.pathway import Circumstances


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCircumstances:
    """All of them, as they are from now on."""

    circumstances: Circumstances
    at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRecordsConsent:
    records: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteClientChanged:
    """Consents but for records, identity or card: what belongs to the client rather than to one referral."""

    what: Literal["consents", "identity", "card"]
    at: datetime

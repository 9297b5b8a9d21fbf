"""Who and what is meant. The ids are minted outside: nothing here is left to chance."""

from typing import NewType
from uuid import UUID

ReferralId = NewType("ReferralId", UUID)
ClientId = NewType("ClientId", UUID)
"""The pseudonym, one per person and provider."""
SessionId = NewType("SessionId", UUID)
GoalId = NewType("GoalId", UUID)
CommitmentId = NewType("CommitmentId", UUID)
MeetingId = NewType("MeetingId", UUID)
FactId = NewType("FactId", UUID)
WordId = NewType("WordId", UUID)
"""The id under which journal is told: the event's, which a later word may correct."""
CompanyId = NewType("CompanyId", UUID)
PeerId = NewType("PeerId", UUID)
"""A peer supporter's pseudonym at one provider."""

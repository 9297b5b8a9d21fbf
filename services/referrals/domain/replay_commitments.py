"""The pathway with the meetings that are planned."""

from collections.abc import Callable
from dataclasses import replace

from services.referrals.domain.events_commitments import CommitmentMade, CommitmentOutcomeNoted, CommitmentWithdrawn
from services.referrals.domain.ids import CommitmentId
from services.referrals.domain.pathway import Commitment, Pathway
from services.referrals.domain.replay_changes import Changes, Steps


def _commitment_made(pathway: Pathway, event: CommitmentMade) -> Changes:
    made = Commitment(
        commitment_id=event.commitment_id,
        meeting_id=event.meeting_id,
        date=event.date,
        start=event.start,
        end=event.end,
        time_zone=event.time_zone,
        made_at=event.at,
        made_on=event.made_on,
        accompanied=event.accompanied,
        organisation=event.organisation,
        override_reason=event.override_reason,
    )
    return {"commitments": (*pathway.commitments, made)}


def _commitment_withdrawn(pathway: Pathway, event: CommitmentWithdrawn) -> Changes:
    return with_commitment(pathway, event.commitment_id, lambda made: replace(made, state="withdrawn"))


def _outcome_noted(pathway: Pathway, event: CommitmentOutcomeNoted) -> Changes:
    def noted(made: Commitment) -> Commitment:
        return replace(made, state=event.outcome, disagreement=event.disagreement)

    return with_commitment(pathway, event.commitment_id, noted)


def with_commitment(
    pathway: Pathway, commitment_id: CommitmentId, change: Callable[[Commitment], Commitment]
) -> Changes:
    return {
        "commitments": tuple(
            change(made) if made.commitment_id == commitment_id else made for made in pathway.commitments
        )
    }


STEPS: Steps = {
    CommitmentMade: _commitment_made,
    CommitmentWithdrawn: _commitment_withdrawn,
    CommitmentOutcomeNoted: _outcome_noted,
}

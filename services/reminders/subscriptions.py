"""What reminders listens to. Attendance is not among it: what a fact means for a commitment is referrals' to say."""

from services.reminders.handlers.directory import list_meetings
from services.reminders.handlers.handover import tell_of_handover
from services.reminders.handlers.pathways import follow_pathways
from services.reminders.handlers.people import know_clients
from shared.events import catalogue
from shared.events.directory import MeetingListed
from shared.events.referrals import (
    ClientKnown,
    CommitmentMade,
    CommitmentOutcomeNoted,
    CommitmentWithdrawn,
    CompanyAgreed,
    CompanyFellThrough,
    ReferralEnded,
    ReferralHandedOver,
    ReferralOpened,
    ReferralReopened,
)
from shared.messaging.reactions import Reactions, reactions_desk
from shared.messaging.received import Topic

REACTIONS: Reactions = {
    ClientKnown: know_clients,
    MeetingListed: list_meetings,
    ReferralOpened: follow_pathways,
    ReferralEnded: follow_pathways,
    ReferralReopened: follow_pathways,
    ReferralHandedOver: tell_of_handover,
    CommitmentMade: follow_pathways,
    CompanyAgreed: follow_pathways,
    CompanyFellThrough: follow_pathways,
    CommitmentWithdrawn: follow_pathways,
    CommitmentOutcomeNoted: follow_pathways,
}


def topics() -> list[Topic]:
    heard = reactions_desk(REACTIONS)
    return [
        # Each record has the whole state and its sequence: a later one, an erasure above all, waits for none before it.
        Topic(catalogue.CLIENTS, heard, ordered=False),
        Topic(catalogue.DIRECTORY, heard),
        Topic(catalogue.REFERRALS, heard),
    ]

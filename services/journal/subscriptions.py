"""What journal listens to."""

from services.journal.handlers.intake import intake_desk
from services.journal.handlers.listed import Listed
from services.journal.handlers.listing import list_meetings, register_systems
from services.journal.handlers.people import know_clients
from shared.events import catalogue
from shared.events.directory import MeetingListed
from shared.events.referrals import ClientKnown, SystemRegistered
from shared.messaging.reactions import Reactions, reactions_desk
from shared.messaging.received import Topic

REACTIONS: Reactions = {
    ClientKnown: know_clients,
    MeetingListed: list_meetings,
    SystemRegistered: register_systems,
}


def topics(listed: Listed) -> list[Topic]:
    heard = reactions_desk(REACTIONS)
    return [
        # Each record has the whole state and its sequence: a later one, an erasure above all, waits for none before it.
        Topic(catalogue.CLIENTS, heard, ordered=False),
        Topic(catalogue.DIRECTORY, heard),
        Topic(catalogue.SYSTEMS, heard),
        Topic(catalogue.INTAKE, intake_desk(listed), ordered=False),
    ]

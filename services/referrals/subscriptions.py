"""What referrals listens to."""

from services.referrals.handlers.attendance import Attendance
from services.referrals.handlers.flagging import Flagging
from shared.events import catalogue
from shared.events.journal import AttendanceCorrected, AttendanceRecorded, TalkAskedFor
from shared.events.reminders import MessageCancelled, MessageExpired, MessageUndeliverable
from shared.messaging.reactions import Reactions, reactions_desk
from shared.messaging.received import Topic


def reactions(attendance: Attendance, flagging: Flagging) -> Reactions:
    return {
        AttendanceRecorded: attendance.apply,
        AttendanceCorrected: attendance.apply,
        TalkAskedFor: flagging.wants_to_talk,
        MessageUndeliverable: flagging.undeliverable,
        MessageCancelled: flagging.unreached,
        MessageExpired: flagging.unreached,
    }


def topics(attendance: Attendance, flagging: Flagging) -> list[Topic]:
    heard = reactions_desk(reactions(attendance, flagging))
    return [Topic(catalogue.ATTENDANCE, heard), Topic(catalogue.REMINDERS, heard)]

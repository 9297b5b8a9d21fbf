"""What referrals listens to."""

from services.referrals.handlers.attendance import Attendance
from services.referrals.handlers.flagging import Flagging
from shared.events import catalogue
from shared.events.journal import AttendanceCorrected, AttendanceRecorded
from shared.events.reminders import MessageUndeliverable
from shared.messaging.reactions import Reactions, reactions_desk
from shared.messaging.received import Topic


def topics(attendance: Attendance, flagging: Flagging) -> list[Topic]:
    reactions: Reactions = {
        AttendanceRecorded: attendance.apply,
        AttendanceCorrected: attendance.apply,
        MessageUndeliverable: flagging.undeliverable,
    }
    heard = reactions_desk(reactions)
    return [Topic(catalogue.ATTENDANCE, heard), Topic(catalogue.REMINDERS, heard)]

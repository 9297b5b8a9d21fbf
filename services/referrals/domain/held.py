"""When a meeting is held, in words, for who asks for another day."""

from datetime import date as Day
from datetime import timedelta

from services.referrals.domain.rules import rule
from shared.meetings import Meeting, occurrences
from shared.meetings.recurrence import in_its_weeks, in_words, is_weekly, longest_pause, weekday_name


@rule("A date on which it is not held is refused in words.", source="sense", effect="refuses")
def not_held_on(meeting: Meeting, date: Day) -> str:
    """Of a date that is no occurrence of it: nobody is sent to a locked door."""
    if meeting.weekday is None:
        return "This meeting is held by appointment only: it has no dates to commit to."
    held = f"{in_words(meeting)}s" if is_weekly(meeting) else in_words(meeting)
    if date.isoweekday() != meeting.weekday:
        return f"This meeting is held {held}; {date} is a {weekday_name(date.isoweekday())}."
    if in_its_weeks(meeting, date):
        return f"This meeting has no date of {date} to commit to."
    return f"This meeting is held {held}; {_next(meeting, date)}."


def _next(meeting: Meeting, date: Day) -> str:
    """It is the weekday, in another week."""
    after = next(occurrences(meeting, date, date + timedelta(weeks=longest_pause(meeting))), None)
    return f"{date} is not one of them" + (f", the next is {after.date}" if after else "")

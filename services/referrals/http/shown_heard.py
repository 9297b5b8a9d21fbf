"""What the evidence counts, meeting by meeting, and who said what of each."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from services.referrals.domain.evidence import evidence, lately
from services.referrals.domain.heard import Heard
from services.referrals.domain.pathway import Occurred, Pathway
from services.referrals.domain.when import local_day
from services.referrals.http.shown_session import Json, present

Words = Mapping[Occurred, Sequence[Heard]]


def evidence_of(pathway: Pathway, heard: Words, now: datetime) -> Json:
    """[G] Meetings in 28 days, "not known" shown as such; planned or not, the latest first."""
    today = local_day(now, pathway.time_zone)
    seen = evidence(pathway, today)
    return {
        "days": 28,
        "until": seen.until,
        "attended": seen.attended,
        "notAttended": seen.not_attended,
        "notKnown": seen.not_known,
        "meetings": [
            {
                **present(each, "organisation"),
                "meetingId": each.meeting_id,
                "date": each.date,
                "start": each.start,
                "outcome": each.outcome,
                "disagreement": each.disagreement_since is not None,
                "heard": heard_of(each.occurred, heard),
            }
            for each in lately(pathway, today)
        ],
    }


def heard_of(occurred: Occurred, heard: Words) -> list[Json]:
    """In the order in which it was learned. `on` and `reason`: as it was told here; of others, what it was."""
    return [
        {"by": each.by, "outcome": each.outcome, "at": each.at}
        | (present(each.word, "on", "reason") if each.word else {})
        for each in heard.get(occurred, ())
    ]

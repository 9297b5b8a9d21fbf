"""Telling a story: each step through the door that anybody would use, unless it is there already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deploy.local.demo.doors import Doors, until
from deploy.local.demo.referral import read_referral
from deploy.local.demo.story import Commitment, Dated, Ending, GoalEnded, Proposal, Session, Story, Word
from deploy.local.demo.systems import EMITTER, SOURCE
from deploy.local.demo.timeline import ZONE, Occasion, Timeline
from shared.cli.attendance_event import attendance_event
from shared.cli.failing import Failed

_ON_EVENTS = {"content-type": "application/cloudevents+json"}


@dataclass
class Telling:
    """One story at its referral. `shown` is the referral as it was found."""

    doors: Doors
    story: Story
    shown: Mapping[str, Any]

    async def tell(self) -> None:
        """Returns when what was said of meetings has come back to the referral."""
        await self._agree()
        for step in self.story.steps:
            await self._take(step)
        if self.story.contact:
            await self._put_contact()
        words = [step.of for step in self.story.steps if isinstance(step, Word)]
        if words and not any(isinstance(step, Ending) for step in self.story.steps):
            await until(f"{self.story.key}: word of each meeting", lambda: self._has_word_of(words))

    async def _take(self, step: object) -> None:
        match step:
            case Session():
                await self._hold(step)
            case Proposal():
                await self._propose(step)
            case GoalEnded():
                await self._end_goal(step)
            case Commitment():
                await self._commit(step)
            case Word():
                await self._say(step)
            case Ending():
                await self._end(step)

    async def _agree(self) -> None:
        """To what is shown to records, and whose word counts."""
        emitters = [SOURCE] if self.story.emitters else []
        await self._referral("PUT", "/consents", {"records": self.story.records, "peers": False, "emitters": emitters})

    async def _hold(self, session: Session) -> None:
        held_at = self.line.at(session.day, session.at)
        if any(_same(one["heldAt"], held_at) for one in self.shown["sessions"]):
            return
        body = {
            "stage": session.stage,
            "heldAt": held_at.isoformat(),
            "how": session.how,
            "present": session.present,
            "handouts": [{"number": number, "state": state} for number, state in session.handouts],
            "experience": [{"organisation": code, "level": level} for code, level in session.experience],
            "concerns": session.concerns,
            "goals": [{"kind": kind, "due": self.line.day(due).isoformat()} for kind, due in session.goals],
        }
        await self._referral("POST", "/sessions", {name: value for name, value in body.items() if value})

    async def _propose(self, proposal: Proposal) -> None:
        if not any(goal["kind"] == proposal.kind for goal in self.shown["goals"]):
            await self._referral("POST", "/goals", {"kind": proposal.kind, "state": "proposed"})

    async def _end_goal(self, ended: GoalEnded) -> None:
        goals = (await self._look())["goals"]
        open_ones = [goal["goalId"] for goal in goals if (goal["kind"], goal["state"]) == (ended.kind, "agreed")]
        for goal_id in open_ones[:1]:
            body = {"outcome": ended.outcome, "at": self.line.at(ended.day, "15:00").isoformat()}
            await self._referral("POST", f"/goals/{goal_id}/outcome", body)

    async def _commit(self, commitment: Commitment) -> None:
        to = self._occasion(commitment.to)
        if _commitment_to(self.shown, to):
            return
        made_at = self.line.at(commitment.to.after, commitment.at)
        body = {"meetingId": str(to.meeting_id), "date": to.date.isoformat(), "madeAt": made_at.isoformat()}
        await self._referral("POST", "/commitments", body)

    async def _say(self, word: Word) -> None:
        """The same id and content each time: sent twice, it is the same news."""
        of = self._occasion(word.of)
        first = f"demo-{self.story.key}-{self.shown['referralId'][:8]}-{of.date}"
        said = {
            "client": self.shown["clientId"],
            "meeting_id": str(of.meeting_id),
            "start": of.start.isoformat(),
            "outcome": word.outcome,
            "observed_at": of.end.isoformat(),
            "reported_by": EMITTER.reports_as,
            "corrects": first if word.correction else None,
        }
        event = attendance_event(f"{first}-corrected" if word.correction else first, SOURCE, said)
        caller = EMITTER.caller("attendance.write")
        await self.doors.call_until_known(caller, "POST", "journal", "/events", json=event, headers=_ON_EVENTS)

    async def _end(self, ending: Ending) -> None:
        if self.shown["state"] != "ended":
            at = self.line.at(ending.day, "16:00").isoformat()
            await self._referral("POST", "/ending", {"kind": ending.kind, "at": at})

    async def _put_contact(self) -> None:
        contact = self.story.contact
        assert contact is not None  # noqa: S101 - asked before
        body = {
            "email": contact.email,
            "nameToUse": contact.name_to_use,
            "timeZone": ZONE.key,
            "purposes": contact.purposes,
            "mayNameService": False,
        }
        path = f"/api/clients/{self.shown['clientId']}/contact"
        await self.doors.call_until_known(self.story.keyworker, "PUT", "reminders", path, json=body)

    async def _has_word_of(self, meetings: list[Dated]) -> bool:
        shown = await self._look()
        planned = [_commitment_to(shown, self._occasion(meeting)) for meeting in meetings]
        return all(made is None or made["state"] not in ("planned", "not-heard-yet") for made in planned)

    async def _look(self) -> dict[str, Any]:
        shown = await read_referral(self.doors, self.story.keyworker, self.shown["referralId"])
        if shown is None:
            raise Failed(f"{self.story.key}: the referral is gone.")
        return shown

    async def _referral(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        where = f"/api/referrals/{self.shown['referralId']}{path}"
        await self.doors.call(self.story.keyworker, method, "referrals", where, json=body)

    @property
    def line(self) -> Timeline:
        return Timeline(datetime.fromisoformat(self.shown["openedAt"]))

    def _occasion(self, dated: Dated) -> Occasion:
        return self.line.occasion(dated)


def _commitment_to(shown: Mapping[str, Any], to: Occasion) -> dict[str, Any] | None:
    meant = (str(to.meeting_id), to.date.isoformat())
    found: list[dict[str, Any]] = [one for one in shown["commitments"] if (one["meetingId"], one["date"]) == meant]
    return found[0] if found else None


def _same(said: str, moment: datetime) -> bool:
    return datetime.fromisoformat(said) == moment

"""The set that went in against the set that came out: everything once, in order, at every service."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from deploy.local.settings import SERVICES
from tests.faults.clients import Client, Occasion
from tests.faults.emitter import Report
from tests.faults.outcome import facts_noted, goals_achieved, letters, rows
from tests.faults.told import ByClient, Said, by_client, of_commitment, of_goal, said, stood
from tests.whole import Whole


async def what_went_in_came_out(services: Whole, clients: Sequence[Client], reports: Sequence[Report]) -> None:
    """`reports`: all there ever were of these clients. Waits for nothing."""
    await every_fact_is_recorded_once(services, reports)
    facts, decisions = await said(services, "fama.attendance"), await said(services, "fama.referrals")
    await order_is_kept(services, by_client(facts), by_client(decisions))
    every_outcome_is_said_once(reports, clients, by_client(facts), by_client(decisions))
    await goals_are_shown_as_they_stand(services, clients, by_client(facts))
    await nobody_is_written_to_twice(services, clients)


async def every_fact_is_recorded_once(services: Whole, reports: Sequence[Report]) -> None:
    facts = [fact for (fact,) in await rows(services, "journal", "SELECT fact_id FROM fact")]
    assert sorted(facts) == sorted(report.fact for report in reports)
    for name in SERVICES:
        left = await rows(services, name, "SELECT code FROM parked UNION ALL SELECT code FROM dead_letter")
        assert left == [], name


async def order_is_kept(services: Whole, facts: ByClient, decisions: ByClient) -> None:
    """Journal's of every occasion, the topic's by referrals, the pathway's versions on its topic."""
    nth = dict(await rows(services, "journal", "SELECT fact_id, nth FROM fact"))
    noted = await facts_noted(services)
    for client, recorded in facts.items():
        by_occasion = sorted(recorded, key=_occasion)
        assert by_occasion == sorted(recorded, key=lambda fact: (_occasion(fact), nth[fact.id]))
        assert noted[client] == [fact.id for fact in recorded]
        sequences = [event.sequence for event in decisions[client]]
        assert sequences == sorted(sequences)


def every_outcome_is_said_once(
    reports: Sequence[Report], clients: Sequence[Client], facts: ByClient, decisions: ByClient
) -> None:
    """What stood at each fact is what referrals said, as often as it changed."""
    each = Counter(report.of for report in reports)
    for client in clients:
        decided = decisions[client.client]
        for occasion in client.occasions:
            stands = stood(occasion, facts[client.client])
            assert len(stands) == each[occasion]
            assert of_commitment(occasion, decided) == [outcome for outcome, _ in groupby(stands)]
            went = [attended for attended, _ in groupby(outcome == "attended" for outcome, _ in stands)]
            changes = ["achieved" if attended else "resumed" for attended in went]
            assert of_goal(occasion, decided) == changes[not went[0] :]


async def goals_are_shown_as_they_stand(services: Whole, clients: Sequence[Client], facts: ByClient) -> None:
    def attended(occasion: Occasion) -> bool:
        outcome, _ = stood(occasion, facts[occasion.client])[-1]
        return outcome == "attended"

    occasions = [occasion for client in clients for occasion in client.occasions]
    assert await goals_achieved(services) == {occasion.goal for occasion in occasions if attended(occasion)}


async def nobody_is_written_to_twice(services: Whole, clients: Sequence[Client]) -> None:
    messages = await rows(services, "reminders", "SELECT message_id::text, commitment_id, rule, state FROM message")
    asked = Counter((commitment, rule) for _, commitment, rule, _ in messages)
    assert set(asked.values()) == {1}, "planned once per commitment and rule"
    yesterday = {client.occasions[-1].commitment for client in clients if client.email}
    assert {commitment for commitment, rule in asked if rule == "how-was-it"} == yesterday
    states = {message: state for message, _, _, state in messages}
    written = Counter(letters(services))
    assert set(written.values()) == {1}, "sent once at most"
    assert {message for message, state in states.items() if state == "sent"} <= written.keys()
    assert {states[message] for message in written} <= {"sent", "unknown"}
    news = await said(services, "fama.reminders")
    assert Counter(event.data["messageId"] for event in news if event.verb == "planned") == Counter(states.keys())


def _occasion(fact: Said) -> tuple[str, str]:
    return fact.data["meetingId"], fact.data["date"]

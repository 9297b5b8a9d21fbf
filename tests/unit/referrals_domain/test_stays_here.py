"""What is never shown outside the service: not on Kafka, not on FHIR."""

from dataclasses import replace

import orjson
from fastapi.encoders import jsonable_encoder

from services.referrals.domain.identity import NhsNumber
from services.referrals.domain.pathway import Circumstances
from services.referrals.domain.session_parts import Barrier, DidNotFit, Experience, Needs, TakingPart
from services.referrals.fhir import render
from services.referrals.publish import publish
from tests.unit.referrals_domain.story import AA, Story, at, day
from tests.unit.referrals_domain.test_circumstances import said

PRIVATE = ("XDID", "too-strict", "crisis", "court", "Leeds", "prison", "XOWN", "XWHERE", "XHEARD", "lapse", "cost")


def everything() -> Story:
    story = Story()
    ordered = Circumstances(
        court_ordered=True, court_set_by="the court", release_from="prison", release_on=day(20), release_area="Leeds"
    )
    story.events += said(story.pathway, ordered)
    story.hold(
        2,
        at(1),
        experience=(Experience(organisation="XDID", level="some", perceptions="XHEARD"),),
        did_not_fit=(DidNotFit(organisation="XDID", reasons=("too-strict",)),),
        taking_part=(TakingPart(organisation="XDID", words="XOWN"),),
        barriers=(Barrier(kind="money", where="XWHERE", on=day(1)),),
        needs=Needs(unread_text=True),
        risks=("crisis",),
        lapse_on=day(0),
        concerns=("cost",),
    )
    story.commit(AA, at(3, 19), made=at(2), organisation="XDID", override_reason="XOWN")
    return story


def test_what_did_not_fit_is_never_shown_outside_the_service() -> None:
    story = everything()
    told = [contract.model_dump_json() for event in story.events for contract in publish(event, story.pathway)]
    shown = orjson.dumps(jsonable_encoder(render(replace(story.pathway, records=True), NhsNumber("9990548609"))))
    assert told
    assert len(shown) > 100
    for word in PRIVATE:
        assert word not in "".join(told)
        assert word.encode() not in shown


def test_that_it_is_a_courts_condition_is_said_to_nobody() -> None:
    story = Story()
    for event in said(story.pathway, Circumstances(court_ordered=True)):
        assert publish(event, story.pathway) == []

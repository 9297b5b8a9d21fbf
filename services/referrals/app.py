"""Referrals, built and wired: the only room that knows all others."""

import asyncio
from functools import partial

from fastapi import FastAPI
from starlette.routing import Mount

from services.referrals import pages, subscriptions
from services.referrals.directory import http as directory
from services.referrals.directory import pages as feeds
from services.referrals.directory.handlers.finding import Following
from services.referrals.directory.handlers.running import Running
from services.referrals.fhir import DEFINITIONS
from services.referrals.handlers.attendance import Attendance
from services.referrals.handlers.clients import finish_erasures
from services.referrals.handlers.flagging import Flagging
from services.referrals.handlers.meeting_changes import MeetingChanges, keep_older_commitments
from services.referrals.handlers.saving import Saving
from services.referrals.handouts import concerns_http
from services.referrals.handouts import http as handouts
from services.referrals.http import auditing, care, caseload, clients, commitments, keeping_apart, referrals
from services.referrals.ndtms import http as ndtms
from services.referrals.peers import http as company
from services.referrals.peers.handlers import register
from services.referrals.peers.links import Links
from services.referrals.settings import NAME
from services.referrals.systems import http as systems
from services.referrals.systems import own_keys
from shared.fetching import Inward
from shared.fhir.rest.outcomes import as_outcome
from shared.fhir.rest.service import FhirApi
from shared.fhir.store.versions import Versions
from shared.messaging.service import Messaging
from shared.service.foundation import Foundation
from shared.service.settings import ServiceSettings
from shared.storage.database import Away, Database
from shared.telemetry.logs import logger
from shared.web.application import create_service

log = logger()
_ERASURES = 1.0
"""Seconds between looks for keys that are still to be destroyed."""
_OLDER_COMMITMENTS = 600.0
"""Seconds between looks for pathways saved by an instance of the release before, while both run."""


def create_app(settings: ServiceSettings, feeds_inward: Inward = "never") -> FastAPI:
    """`feeds_inward`: whether a feed's address may lead to this machine."""
    under = Foundation(settings)
    saving = Saving(Versions(DEFINITIONS, under.master.derived("fhir|digest")))
    topics = subscriptions.topics(Attendance(saving), Flagging(saving))
    messaging = Messaging(settings.kafka, NAME, under.database, topics)
    address = settings.web.addresses[NAME]
    following = MeetingChanges(saving)
    meeting_changes = following.follow
    app = create_service(
        settings.web,
        title=NAME,
        master=under.master,
        database=under.database,
        routers=[
            referrals.router,
            commitments.router,
            clients.router,
            caseload.router,
            auditing.router,
            care.router,
            keeping_apart.router,
            directory.router,
            handouts.router,
            concerns_http.router,
            ndtms.router,
            company.router,
            systems.router(address),
            *pages.ROUTERS,
            *feeds.routers,
        ],
        routes=[systems.discovery(address), Mount("/fhir", FhirApi(DEFINITIONS, under.database))],
        probes={"kafka": messaging.answers},
        resources=[under.opened],
        background={
            "messaging": messaging.run,
            "erasures": partial(_erasures, under.database),
            "feeds": Running(under.database, meeting_changes, feeds_inward).run,
            "older-commitments": partial(_older_commitments, under.database),
        },
        error_renderers={"/fhir": as_outcome},
        body_limits={**directory.BODY_LIMITS, **feeds.BODY_LIMITS},
        system_keys=own_keys.OwnKeys(under.database),
        navigation=(*pages.NAVIGATION, feeds.LINK),
        templates=[pages.TEMPLATES, feeds.TEMPLATES],
    )
    app.state.audit = under.audit
    app.state.saving = saving
    app.state.links = Links(under.master, address)
    app.state.directory = Following()
    app.state.meeting_changes = meeting_changes
    app.state.meeting_pauses = following.follow_pause
    app.state.feeds_inward = feeds_inward
    app.state.messaging = messaging
    app.state.more_parts = (feeds.feeds_part,)
    return app


async def _older_commitments(database: Database) -> None:
    while True:
        try:
            await keep_older_commitments(database)
        except Away:
            log.warning("older-commitments.waiting")
        await asyncio.sleep(_OLDER_COMMITMENTS)


async def _erasures(database: Database) -> None:
    while True:
        try:
            await finish_erasures(database)
            await register.finish_erasures(database)
        except Away:
            log.warning("erasures.waiting")
        await asyncio.sleep(_ERASURES)

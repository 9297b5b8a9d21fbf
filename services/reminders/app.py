"""Reminders, built and wired: the only room that knows all others."""

from fastapi import FastAPI

from services.reminders import http, subscriptions
from services.reminders.settings import NAME, Settings
from services.reminders.worker import Clock, Worker, utc_now
from shared.messaging.service import Messaging
from shared.service.foundation import Foundation
from shared.web.application import create_service


def create_app(settings: Settings, clock: Clock = utc_now) -> FastAPI:
    """`clock`: by which messages are sent."""
    of_all = settings.of_all
    under = Foundation(of_all)
    messaging = Messaging(of_all.kafka, NAME, under.database, subscriptions.topics())
    worker = Worker(under.database, settings.post_office, clock)
    app = create_service(
        of_all.web,
        title=NAME,
        master=under.master,
        database=under.database,
        routers=[http.router],
        probes={"kafka": messaging.answers},
        resources=[under.opened],
        background={"messaging": messaging.run, "sending": worker.run},
    )
    app.state.audit = under.audit
    app.state.messaging = messaging
    return app

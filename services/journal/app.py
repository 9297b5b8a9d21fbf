"""Journal, built and wired: the only room that knows all others."""

from fastapi import FastAPI

from services.journal import subscriptions
from services.journal.handlers.listed import Listed
from services.journal.http import attendance, events
from services.journal.http.bodies import LARGEST_BATCH
from services.journal.settings import NAME
from shared.messaging.service import Messaging
from shared.service.foundation import Foundation
from shared.service.settings import ServiceSettings
from shared.web.application import create_service


def create_app(settings: ServiceSettings) -> FastAPI:
    under = Foundation(settings)
    listed = Listed()
    messaging = Messaging(settings.kafka, NAME, under.database, subscriptions.topics(listed))
    app = create_service(
        settings.web,
        title=NAME,
        master=under.master,
        database=under.database,
        routers=[events.router, attendance.router],
        probes={"kafka": messaging.answers},
        resources=[under.opened],
        body_limits={"/events": LARGEST_BATCH},
        background={"messaging": messaging.run},
    )
    app.state.listed = listed
    app.state.audit = under.audit
    app.state.messaging = messaging
    return app

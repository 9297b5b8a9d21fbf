"""`python -m services.reminders serve | migrate`."""

import sys
from pathlib import Path

from services.reminders import settings
from shared.service.command import App, run


def _build() -> App:
    from services.reminders.app import create_app  # not loaded to migrate

    read = settings.read()
    return create_app(read), read.of_all.web


if __name__ == "__main__":
    revisions = Path(__file__).parent / "migrations"
    sys.exit(run(settings.NAME, sys.argv[1:], build=_build, revisions=revisions, databases=settings.databases))

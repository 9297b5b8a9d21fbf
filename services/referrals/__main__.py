"""`python -m services.referrals serve | migrate`."""

import sys
from pathlib import Path

from services.referrals import settings
from shared.service.command import App, run


def _build() -> App:
    from services.referrals.app import create_app  # not loaded to migrate

    read = settings.read()
    return create_app(read, settings.feeds_inward()), read.web


if __name__ == "__main__":
    revisions = Path(__file__).parent / "migrations"
    sys.exit(run(settings.NAME, sys.argv[1:], build=_build, revisions=revisions, databases=settings.databases))

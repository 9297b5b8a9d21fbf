"""`/ops/directory`: feeds for operations. In the manner of the console's pages (see `services.referrals.pages`)."""

from pathlib import Path

from services.referrals.directory.http.imports import LARGEST_IMPORT
from services.referrals.directory.pages import feeds, sources
from services.referrals.directory.pages.health import feeds_part
from shared.web.identity import OPERATIONS
from shared.web.pages import Link

__all__ = ["BODY_LIMITS", "LINK", "TEMPLATES", "feeds_part", "routers"]

TEMPLATES = Path(__file__).parent / "templates"
LINK = Link("Feeds", "/ops/directory", frozenset({OPERATIONS}))
BODY_LIMITS = {"/ops/directory/imports": LARGEST_IMPORT}
routers = (feeds.router, sources.router)

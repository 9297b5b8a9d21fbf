"""Routes of the directory: importing feeds for operations, meetings for whoever helps a client to choose one."""

from fastapi import APIRouter

from services.referrals.directory.http import areas, comparing, local, placing, safety, suggesting, unmet
from services.referrals.directory.http.imports import LARGEST_IMPORT
from services.referrals.directory.http.imports import router as imports
from services.referrals.directory.http.meetings import router as meetings
from services.referrals.directory.http.organisations import router as organisations
from services.referrals.directory.http.sources import router as sources

__all__ = ["BODY_LIMITS", "router"]

BODY_LIMITS = {"/api/directory/imports": LARGEST_IMPORT, "/api/directory/postcodes": placing.LARGEST_TABLE}
"""Bytes by path, for `create_service`."""

router = APIRouter()
router.include_router(imports)
router.include_router(sources)
router.include_router(meetings)
router.include_router(organisations)
for each in (
    local.router,
    safety.of_meeting,
    safety.router,
    areas.router,
    unmet.router,
    placing.router,
    comparing.router,
):
    router.include_router(each)
router.include_router(suggesting.router)

"""Routes of company: asking for it, the list of peer supporters, pairing. The link's own page is in `pages`."""

from fastapi import APIRouter

from services.referrals.peers.http.arranging import router as arranging
from services.referrals.peers.http.asking import router as asking
from services.referrals.peers.http.register import router as register

router = APIRouter()
router.include_router(asking)
router.include_router(register)
router.include_router(arranging)

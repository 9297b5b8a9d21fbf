"""Pages of company: the peer supporter's answer by their link, and the recovery champion's list and pairing."""

from services.referrals.pages.company import answering

ROUTERS = (answering.router,)

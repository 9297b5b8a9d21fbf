"""Pages of company: the peer supporter's answer by their link, requests and pairing, the list of peer supporters."""

from services.referrals.pages.company import answering, asking, listing, pairing

ROUTERS = (answering.router, listing.router, pairing.router, asking.router)

"""SQL of the directory. What the rest of referrals asks of it is named here."""

from services.referrals.directory.store.listed import meetings, whose

__all__ = ["meetings", "whose"]

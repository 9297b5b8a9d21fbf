"""SQL of the directory. What the rest of referrals asks of it is named here."""

from services.referrals.directory.store.listed import audiences, meetings

__all__ = ["audiences", "meetings"]

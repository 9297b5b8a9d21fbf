"""Referrals' tables, as numbered revisions."""

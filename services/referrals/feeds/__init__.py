"""Directory feeds: bytes that others publish become meetings, refused lines with reasons, or a broken feed. Pure."""

from services.referrals.feeds.comparison import Comparison, compare
from services.referrals.feeds.feed import FORMATS, parse
from services.referrals.feeds.parsed import BrokenFeed, Parsed, RefusedLine, WronglyAsked

__all__ = ["FORMATS", "BrokenFeed", "Comparison", "Parsed", "RefusedLine", "WronglyAsked", "compare", "parse"]

"""Where rules of the pathway are registered: `shared.rules`."""

from shared.rules import rule

__all__ = ["rule"]

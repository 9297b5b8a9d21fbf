"""Samples of every domain event as it is kept: written once, read for ever."""

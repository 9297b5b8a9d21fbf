"""Codes and days as a keyworker reads them."""

from datetime import date as Day


def in_words(day: Day) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"

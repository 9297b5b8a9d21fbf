"""The same for human eyes: every resource says in a sentence or two what its elements say, and no more."""

from datetime import date as Day
from html import escape

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def narrative(*sentences: str) -> dict[str, str]:
    text = " ".join(escape(sentence, quote=False) for sentence in sentences if sentence)
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{text}</p></div>'}


def in_words(day: Day) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

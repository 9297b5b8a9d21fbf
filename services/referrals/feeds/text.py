"""Text that others wrote, made plain: no markup, nothing that cannot be printed or stored."""

import html
import re

# Far above every limit of ours, so that cleaning costs the same whatever is sent.
_READ_AT_MOST = 20_000
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_OPENING = re.compile(r"<+(?=[A-Za-z/!])")
_CONTROL = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_BETWEEN_WORDS = re.compile(rf"(?<=\w)[{_CONTROL}]+(?=\w)")
# Also what turns the direction of writing, halves of surrogate pairs, byte order marks.
_UNPRINTABLE = re.compile(f"[{_CONTROL}\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


def plain(value: str) -> str:
    """The words of it in one line; entities decoded, tags gone. A control character between two words is a space."""
    words = _UNPRINTABLE.sub("", _BETWEEN_WORDS.sub(" ", html.unescape(value[:_READ_AT_MOST])))
    words = _OPENING.sub("", _TAG.sub(" ", words))  # what is left opens a tag that never ends
    return " ".join(words.split())

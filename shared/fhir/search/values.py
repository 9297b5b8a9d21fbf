"""Values of search parameters: commas part alternatives, a backslash keeps what follows from meaning anything."""

import re
from uuid import UUID

_PIECE = re.compile(r"\\.|[^\\]|\\$", re.DOTALL)
_BAR = re.compile(r"((?:\\.|[^\\|])*)(?:\|(.*))?", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\,|$])")


def alternatives(text: str) -> list[str]:
    """Still escaped, as each may hold a bar."""
    parts = [""]
    for piece in _PIECE.findall(text):
        if piece == ",":
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def system_and_code(text: str) -> tuple[str | None, str]:
    """`system|code`; None for no system named, empty for `|code`: a code without a system."""
    match = _BAR.fullmatch(text)
    if match is None or match[2] is None:
        return None, plain(text)
    return plain(match[1]), plain(match[2])


def plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def resource_id(text: str) -> UUID | None:
    """All our ids are UUIDs as they are usually written; what is not one is nobody's id."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None

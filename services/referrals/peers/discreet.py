"""A place that may be read over somebody's shoulder: without a name that tells what is held there."""

import re
from collections.abc import Iterable

_TELLS = re.compile(
    r"\b(?:aa|na|ca|cma|ga|dra|alano|al-?anon|alateen|anon|anonymous|smart|(?:12|twelve)[- ]steps?|sober\w*|sobriety"
    r"|recovery|rehab\w*|detox\w*|addict\w*|alcohol\w*|drugs?|gambl\w*|substance)\b",
    re.IGNORECASE,
)


def discreet(parts: Iterable[str | None]) -> str:
    """Those parts of a place that could be anybody's, joined; empty if all of them tell."""
    return ", ".join(part for part in parts if part and not _TELLS.search(part))

"""Any text as Typst writes a string: what is in it is shown, never obeyed."""

import re
import unicodedata

_NOT_SHOWN = re.compile(
    # What the fonts have that come with it, so that it reads the same on every machine: Latin, Greek, Cyrillic, Hebrew,
    # punctuation, money. Marks that turn the direction of writing are left out: a name could hide in them.
    "[^ -~\u00a0-\u00ac\u00ae-\u024f\u0386-\u038a\u038e-\u03a1\u03a3-\u0481\u05d0-\u05ea\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2122]"
)
_BOX = "\u25a1"
_WITHIN_A_NUMBER = re.compile(r"(?<=[0-9]) (?=[0-9])")
_LONG_WORD = re.compile(r"(\S{30})(?=\S)")
_MAY_BREAK_HERE = "\\1\u200b"


def quoted(text: str) -> str:
    """The text on one line, as a literal; a character that cannot be printed is an empty box.

    A telephone number is never broken at the end of a line.
    """
    line = " ".join(unicodedata.normalize("NFC", text).split()).replace("'", "\u2019")
    shown = _LONG_WORD.sub(_MAY_BREAK_HERE, _NOT_SHOWN.sub(_BOX, line))
    whole = _WITHIN_A_NUMBER.sub("\u00a0", shown)
    escaped = whole.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'

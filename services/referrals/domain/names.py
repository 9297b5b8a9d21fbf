"""Looking for somebody by name: however it is capitalised, accented or hyphenated, and by parts of it."""

import unicodedata

_NO_MARK = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"})
"""Letters that are no plain letter with a mark, as people type them who do not have them."""
_APOSTROPHES = "'`\u2018\u2019\u02bc"


def folded(name: str) -> list[str]:
    """Its words, plain: `Søren O'Brien-Núñez` is soren, obrien, nunez."""
    joined = "".join(letter for letter in name.casefold() if letter not in _APOSTROPHES)
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", joined) if not unicodedata.combining(letter)
    ).translate(_NO_MARK)
    return "".join(letter if letter.isalnum() else " " for letter in plain).split()


def fits(name: str, sought: str) -> bool:
    """Each word that is sought stands at the beginning of a word of the name, in any order; two by different ones."""
    left = folded(name)
    for part in sorted(folded(sought), key=len, reverse=True):
        found = next((word for word in left if word.startswith(part)), None)
        if found is None:
            return False
        left.remove(found)
    return bool(folded(sought))

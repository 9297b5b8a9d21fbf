"""Something worth doing, in words for the keyworker. Software suggests; client and keyworker decide."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggested:
    code: str
    words: str

"""Why something did not fit, in words for the keyworker [S]. They are never shown outside the service."""

from collections.abc import Iterable, Mapping

from services.referrals.domain.vocabulary import DidNotFitReason

WORDS: Mapping[DidNotFitReason, str] = {
    "unsupported": "the client felt unsupported",
    "judged": "the client felt judged",
    "conflict": "there was a conflict",
    "values": "it did not go with the client's values",
    "too-strict": "it was too strict",
    "too-loose": "it was too loose",
    "a-few-dominate": "a few people dominated",
    "size": "it was too large or too small",
    "privacy-broken": "privacy was not kept",
    "only-venting": "people only let off steam",
    "pressured": "the client felt pressured",
    "no-progress": "the client saw no progress",
    "cancelled": "it did not take place",
}


def in_words(reasons: Iterable[DidNotFitReason]) -> str:
    return ", ".join(WORDS[reason] for reason in reasons) or "no reason was given"

"""How a meeting was, and who says so, as keyworkers say it. Order is the order on the page."""

from services.referrals.domain.heard import Heard
from services.referrals.pages.words import organisation, plain
from shared.meetings import Meeting

OUTCOMES = {"attended": "Went", "not-attended": "Did not go", "not-known": "Not known"}
TELLERS = {
    "client": "The client says so",
    "client-word": "I confirm it, on the client's word",
    "signed-slip": "I confirm it, on a signed slip",
}
REASONS = {
    "": "No reason given",
    "not-on": "It was not on",
    "could-not-find-it": "Could not find it",
    "peer-did-not-come": "Whoever was to come along did not come",
    "ill": "Was ill",
    "chose-not-to": "Chose not to go",
}
_REPORTERS = {
    "client": "The client",
    "keyworker": "A keyworker",
    "peer": "A peer supporter",
    "emitter": "A check-in system",
}
_CONFIRMED_ON = {"client-word": "on the client's word", "signed-slip": "on a signed slip"}


def heard(one: Heard) -> str:
    """Who said what: "A keyworker, on a signed slip: did not go (was ill)"."""
    on = f", {_CONFIRMED_ON[one.word.on]}" if one.word and one.word.on else ""
    why = f" ({reason(one.word.reason).lower()})" if one.word and one.word.reason else ""
    return f"{_REPORTERS[one.by]}{on}: {OUTCOMES[one.outcome].lower()}{why}"


def reason(code: str) -> str:
    return REASONS.get(code, plain(code))


def meeting(known: Meeting | None, of: str | None) -> str:
    """Its name and organisation, as far as they are known; `of`: the organisation that was kept beside it."""
    if known is None:
        return f"A meeting of {organisation(of)}" if of else "A meeting that is no longer in the directory"
    label = organisation(known.organisation)
    return known.name if label.casefold() in known.name.casefold() else f"{known.name}, {label}"

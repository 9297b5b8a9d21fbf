"""The audit in words, for a team lead: what was looked at and what was done, without what it said."""

from collections.abc import Mapping

_DONE: Mapping[str, str] = {
    "break-glass": "Opened the record as somebody of another team, with a reason",
    "keep-apart": "Marked to be kept apart from somebody",
    "no-longer-keep-apart": "No longer marked to be kept apart from somebody",
    "erase": "Erased everything about the client",
    "return": "Counted in the treatment return",
}
_LOOKED: Mapping[str, str] = {
    "referral": "Looked at the pathway",
    "identity": "Looked at name, birth date and NHS number",
    "kept-apart": "Looked at who is to be kept apart",
    "glass": "Came to where access from another team is asked for",
    "access": "Looked at who had access from another team",
    "audit": "Looked at this list",
    "caseload": "Saw them on a list of clients",
    "list": "Saw them on a list of clients",
    "clients": "Found them by a search",
    "events": "Looked for the way of events about them",
    "parked": "Looked at an event about them that is stuck",
    "deadletter": "Looked at an event about them that could not be read",
    "CarePlan": "Read the care plan on FHIR",
    "Goal": "Read a goal on FHIR",
}
_COMPANY: Mapping[str, str] = {
    "read": "Looked at a request for somebody to go with, without who asks",
    "search": "Saw a request for somebody to go with on a list, without who asks",
    "offer": "Asked a peer supporter to go along, without saying with whom",
    "answer": "A peer supporter answered by their link",
    "change": "Noted what a peer supporter said",
}
"""By the action: the same subject is looked at and changed."""


def in_words(action: str, subject: str) -> str:
    """`subject` is what stands in the audit: `referral/<id>`, `list/today`…"""
    kind = subject.partition("?")[0].partition("/")[0]
    if action in _DONE:
        return _DONE[action]
    if subject.endswith("/meetings"):
        return "Looked for meetings that suit them"
    if kind == "company":
        return _COMPANY.get(action, _COMPANY["read"])
    return _LOOKED.get(kind, f"{action.capitalize()}: {kind}".replace("-", " "))

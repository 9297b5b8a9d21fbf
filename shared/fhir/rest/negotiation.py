"""What the caller wants: which format, which version of FHIR, how strictly a search is taken."""

import re
from functools import lru_cache

from shared.problems import Problem
from shared.web.problems import ApiProblem

_JSON = frozenset({"application/fhir+json", "application/json", "text/json", "json"})
_ANY = frozenset({"*/*", "application/*", "text/*"})
_STRICT = re.compile(r"""(?:^|[,;\s])handling\s*=\s*"?(strict|lenient)"?""", re.IGNORECASE)


def require_json(accept: str | None, format_: str | None) -> None:
    """406 for XML and whatever else we do not speak. `_format` goes before `Accept`."""
    if format_ is not None:
        # A plus that nobody escaped arrives as a space.
        if _base(format_).replace("fhir json", "fhir+json") not in _JSON:
            raise _not_acceptable("_format", f"The format {format_[:60]} is not offered; it is application/fhir+json.")
    elif accept is not None and not _takes_json(accept):
        raise _not_acceptable("Accept", "Only application/fhir+json of FHIR 4.0 is offered.")


def wants_strict(prefer: str | None) -> bool:
    """Lenient unless the caller prefers otherwise."""
    match = _STRICT.search(prefer) if prefer else None
    return match is not None and match[1].lower() == "strict"


@lru_cache(maxsize=512)
def _takes_json(accept: str) -> bool:
    return any(_offered(one) for one in accept.split(","))


def _offered(media_range: str) -> bool:
    parameters = dict(_parameter(part) for part in media_range.split(";")[1:])
    if parameters.get("q", "1").rstrip("0").rstrip(".") in ("", "0"):
        return False
    return _base(media_range) in _JSON | _ANY and parameters.get("fhirversion", "4.0") in ("4.0", "4.0.1")


def _base(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _parameter(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip().lower(), value.strip().strip('"')


def _not_acceptable(field: str, reason: str) -> ApiProblem:
    return ApiProblem(406, "Not acceptable", [Problem(field, "not-acceptable", reason)])

"""The CapabilityStatement, made from the definitions and from what the engine does with each type."""

from datetime import date
from importlib.metadata import version
from typing import Any

from shared.fhir.definitions import Definitions, ResourceType
from shared.fhir.rest.outcomes import MEDIA_TYPE

INTERACTIONS = ("read", "vread", "search-type")
CHANGED = date(2026, 11, 22)
"""When what this says last changed."""

_PARAMETERS = "http://hl7.org/fhir/SearchParameter"
_SMART = "http://terminology.hl7.org/CodeSystem/restful-security-service"
_SECURITY = {
    "service": [{"coding": [{"system": _SMART, "code": "SMART-on-FHIR"}]}],
    "description": "SMART Backend Services, discovered at .well-known/smart-configuration: client credentials with "
    "private_key_jwt; scopes such as system/CarePlan.rs and system/*.rs, enforced on includes too.",
}


def capability_statement(definitions: Definitions, base: str) -> dict[str, Any]:
    """`base` is the API's address."""
    return {
        "resourceType": "CapabilityStatement",
        "id": "famalink",
        "url": f"{base}/metadata",
        "version": version("famalink"),
        "name": "FamalinkCapabilities",
        "title": "Famalink: care plans and goals of facilitated access to mutual aid",
        "status": "active",
        "date": CHANGED.isoformat(),
        "publisher": "Famalink",
        "description": "For record systems that pull care plans and their goals. Read-only; JSON; systems sign in "
        "with SMART Backend Services and see the people of their own treatment provider who agreed to it.",
        "kind": "instance",
        "software": {"name": "Famalink", "version": version("famalink")},
        "implementation": {"description": "Famalink", "url": base},
        "fhirVersion": "4.0.1",
        "format": [MEDIA_TYPE, "json"],
        "rest": [
            {
                "mode": "server",
                "security": _SECURITY,
                "resource": [_resource(kind) for kind in definitions.types.values()],
            }
        ],
    }


def _resource(kind: ResourceType) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": kind.name,
        "profile": kind.profile,
        "documentation": kind.documentation,
        "interaction": [{"code": code} for code in INTERACTIONS],
        "versioning": "versioned",
        "readHistory": True,
        "updateCreate": False,
        "conditionalCreate": False,
        "conditionalRead": "full-support",
        "conditionalUpdate": False,
        "conditionalDelete": "not-supported",
    }
    if kind.links:
        found["searchInclude"] = [f"{kind.name}:{link.name}" for link in kind.links]
    found["searchParam"] = _search_parameters(kind)
    return found


def _search_parameters(kind: ResourceType) -> list[dict[str, str]]:
    patient = "By id, or with the modifier identifier by NHS number: then POST to _search, as addresses end up in logs."
    codes = [{"name": c.name, "definition": c.definition, "type": "token"} for c in kind.codes]
    return [
        {"name": "_id", "definition": f"{_PARAMETERS}/Resource-id", "type": "token"},
        {"name": "_lastUpdated", "definition": f"{_PARAMETERS}/Resource-lastUpdated", "type": "date"},
        {"name": "patient", "definition": kind.patient_definition, "type": "reference", "documentation": patient},
        *codes,
    ]

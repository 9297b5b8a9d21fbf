"""Pathways and events as the store keeps them: written by orjson, read by pydantic."""

from typing import Any

import orjson
from pydantic import TypeAdapter

from services.referrals.domain.events import Event
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.upcasting import EVENTS, NAMES, upcast, version_of

PATHWAY: TypeAdapter[Pathway] = TypeAdapter(Pathway)
BY_NAME: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(kind) for name, kind in EVENTS.items()}


def pathway_kept_and_loaded(pathway: Pathway) -> Pathway:
    return PATHWAY.validate_json(orjson.dumps(pathway))


def event_kept_and_loaded(event: Event) -> Event:
    name = NAMES[type(event)]
    loaded: Event = BY_NAME[name].validate_python(upcast(name, version_of(name), orjson.loads(orjson.dumps(event))))
    return loaded

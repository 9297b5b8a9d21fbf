"""Said when a record could not be taken: where and why, never what it held."""

from shared.events.contract import Contract


class EventDeadLettered(Contract):
    """`topic`, `partition` and `offset` are Kafka's; `event_id` is the record's own when it could be read."""

    topic: str
    partition: int
    offset: int
    event_id: str | None = None
    field: str
    code: str
    reason: str

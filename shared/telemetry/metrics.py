"""Every number a service publishes at `/metrics`. Labels are bounded (topics, routes, codes): never an id or a person.

The service is Prometheus' `job`: one process is one service, so no metric repeats its name.
"""

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

# A second series for each counter, which nobody asks for.
disable_created_metrics()  # type: ignore[no-untyped-call]
_FAST = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds. From a cached answer to a request that somebody gave up on."""

# Listening
consumer_connected = Gauge("famalink_consumer_connected", "1 while the consumer reaches its broker, else 0")
consumer_lag = Gauge("famalink_consumer_lag_events", "Records on the topic that are not applied yet", ["topic"])
consumer_paused = Gauge("famalink_consumer_paused_partitions", "Partitions that wait for something that is away")
events_handled = Counter(
    "famalink_events_handled",
    "Records taken off Kafka, by outcome: applied, skipped, parked, dead-lettered",
    ["topic", "outcome"],
)
handler_seconds = Histogram(
    "famalink_handler_seconds", "One transaction over a batch of one partition", ["topic"], buckets=_FAST
)

# Saying
relay_leading = Gauge("famalink_relay_leading", "1 while this process is the one that publishes, else 0")
events_published = Counter("famalink_events_published", "Events acknowledged by the broker", ["topic"])
outbox_unpublished = Gauge("famalink_outbox_unpublished_events", "Events committed and not yet published")
outbox_age_seconds = Gauge(
    "famalink_outbox_oldest_unpublished_seconds", "Age of the event that has waited longest to be published; 0 if none"
)

# What could not be applied
parked_events = Gauge(
    "famalink_parked_events", "Events that wait in the database, those behind them included", ["topic"]
)
parked_age_seconds = Gauge("famalink_parked_oldest_seconds", "How long the oldest parked event has waited; 0 if none")
dead_letters = Gauge("famalink_dead_letters", "Dead letters kept at the moment", ["topic"])
dead_letters_made = Counter("famalink_dead_letters_made", "Records that could not be taken", ["topic"])

# Asked and answered
http_seconds = Histogram(
    "famalink_http_request_seconds", "HTTP requests by route template", ["method", "route", "status"], buckets=_FAST
)
fhir_requests = Counter("famalink_fhir_requests", "FHIR interactions", ["interaction", "resource", "status"])

# Reminders
messages = Counter(
    "famalink_messages",
    "Messages by what became of them: planned, sent, cancelled, expired, undeliverable, unconfirmed",
    ["rule", "state"],
)
messages_late_seconds = Histogram(
    "famalink_message_late_seconds",
    "From the moment a message was due to the moment it was sent",
    ["rule"],
    buckets=(1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400),
)
messages_due = Gauge("famalink_messages_due", "Messages whose moment has come and that are not sent yet")

# Choosing a meeting
unmet_needs = Counter(
    "famalink_unmet_needs",
    "Times that no meeting fitted what was asked, by the filter that alone stood in the way; else several",
    ["filter"],
)

# The directory's feeds
directory_alerts = Gauge(
    "famalink_directory_alerts",
    "Feeds that wait for a person: held (looks wrong), broken (cannot be read), unreachable",
    ["outcome"],
)

# The database
database_connections = Gauge("famalink_database_connections", "Connections of the pool", ["state"])

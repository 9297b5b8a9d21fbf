-- What every service needs to speak and to listen safely: outbox, inbox, parked events, dead letters.

CREATE TABLE outbox (
    seq          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id     uuid NOT NULL,
    topic        text NOT NULL,
    key          text NOT NULL,
    headers      bytea NOT NULL,          -- JSON object of header name to text, without what follows from the type
    value        bytea,                   -- null: a tombstone
    client       uuid,
    recorded_at  timestamptz NOT NULL,
    published_at timestamptz
);
CREATE INDEX outbox_unpublished ON outbox (seq) WHERE published_at IS NULL;
CREATE INDEX outbox_client ON outbox (client) WHERE client IS NOT NULL;
CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;

-- Waking the relay belongs to the commit: a wake-up before it would find nothing, one after it could be lost in a crash.
CREATE FUNCTION wake_relay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('outbox', '');
    RETURN NULL;
END $$;
CREATE TRIGGER outbox_wakes_relay AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION wake_relay();

CREATE TABLE inbox (
    event_id    uuid PRIMARY KEY,
    received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX inbox_received ON inbox USING brin (received_at);

CREATE TABLE parked (
    seq          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic        text NOT NULL,
    partition    integer NOT NULL,
    "offset"     bigint NOT NULL,
    key          text NOT NULL,           -- the order to be kept; an intake fact's own id, as it has none
    event_id     text NOT NULL,
    type         text NOT NULL,
    client       uuid,
    provider     text,
    record       bytea NOT NULL,          -- headers and value, under the service's key
    code         text NOT NULL,
    reason       text NOT NULL,
    parked_at    timestamptz NOT NULL,
    tries        integer NOT NULL DEFAULT 0,
    next_try_at  timestamptz,             -- null: waits for a person
    give_up_at   timestamptz,             -- null: waits for ever
    UNIQUE (topic, partition, "offset")
);
CREATE INDEX parked_key ON parked (topic, key);
CREATE INDEX parked_client ON parked (client) WHERE client IS NOT NULL;
CREATE INDEX parked_due ON parked (next_try_at) WHERE next_try_at IS NOT NULL;

CREATE TABLE dead_letter (
    id           uuid PRIMARY KEY,
    topic        text NOT NULL,
    partition    integer NOT NULL,
    "offset"     bigint NOT NULL,
    event_id     text,
    client       uuid,
    provider     text,
    record       bytea NOT NULL,          -- headers, key and value, under the service's key
    field        text NOT NULL,
    code         text NOT NULL,
    reason       text NOT NULL,
    at           timestamptz NOT NULL,
    UNIQUE (topic, partition, "offset")
);
CREATE INDEX dead_letter_at ON dead_letter (at);
CREATE INDEX dead_letter_client ON dead_letter (client) WHERE client IS NOT NULL;

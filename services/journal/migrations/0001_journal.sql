-- Who a client is to journal, from `client.known`. An erased one stays as a tombstone without anything else in it.
CREATE TABLE client (
    client      uuid PRIMARY KEY,
    provider    text NOT NULL,
    team        text,
    erased      boolean NOT NULL DEFAULT false,
    sequence    text NOT NULL,            -- an older one that comes later is passed over
    time_zone   text,
    card_sha256 bytea,
    peers       boolean NOT NULL DEFAULT false,
    emitters    text[] NOT NULL DEFAULT '{}'
) WITH (fillfactor = 80);
CREATE INDEX client_card ON client (card_sha256) WHERE card_sha256 IS NOT NULL;

-- Every attendance fact, for ever. `fact_id` is the UUIDv5 of the emitter's source and id, so this table is the inbox
-- of the intake. It is written once and never changed; only an erasure removes from it.
CREATE TABLE fact (
    fact_id     uuid PRIMARY KEY,
    client      uuid NOT NULL,
    provider    text NOT NULL,
    team        text,
    meeting_id  uuid NOT NULL,
    date        date NOT NULL,            -- the meeting's local day
    nth         smallint NOT NULL,        -- which word it is about this client, meeting and date, in the order of recording
    start       timestamptz NOT NULL,
    outcome     text NOT NULL,
    reported_by text NOT NULL,
    source      text NOT NULL,
    observed_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    corrects    uuid,
    content     bytea NOT NULL,           -- digest of the data as it was first sent: the same id with other content is refused
    UNIQUE (client, meeting_id, date, nth)
);

-- Meetings and emitters are held in memory; whoever changes them moves the version on, in the same transaction.
CREATE TABLE listed_version (
    version bigint NOT NULL
);
INSERT INTO listed_version VALUES (0);

CREATE TABLE meeting (
    meeting_id uuid PRIMARY KEY,
    version    bigint NOT NULL,
    listed     jsonb NOT NULL             -- `meeting.listed`, as it was said
);
CREATE INDEX meeting_version ON meeting (version);

CREATE TABLE emitter (
    system     text PRIMARY KEY,
    version    bigint NOT NULL,
    source     text NOT NULL,
    provider   text NOT NULL,
    reports_as text NOT NULL,
    active     boolean NOT NULL
);

-- What a parked report waits for (a client, a card, a meeting…), so that it is tried as soon as that is heard of.
CREATE TABLE awaited (
    awaits text NOT NULL,
    key    text NOT NULL,                 -- of `parked`
    until  timestamptz NOT NULL,
    PRIMARY KEY (awaits, key)
);
CREATE INDEX awaited_until ON awaited (until);

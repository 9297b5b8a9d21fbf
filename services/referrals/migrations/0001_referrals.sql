-- A person is one client per provider. What identifies them is sealed; it is found by blind index.
CREATE TABLE client (
    client_id   uuid PRIMARY KEY,
    provider    text NOT NULL,
    team        text NOT NULL,
    state       text NOT NULL CHECK (state IN ('active', 'erased')),   -- erased: a tombstone that refuses late events
    version     integer NOT NULL,         -- the `sequence` of client.known
    time_zone   text NOT NULL,
    peers       boolean NOT NULL DEFAULT false,
    emitters    text[] NOT NULL DEFAULT '{}',
    card_sha256 bytea,
    identity    bytea,                    -- JSON: name, birthDate, nhsNumber
    nhs_index   bytea,
    who_index   bytea,                    -- name and birth date
    known_at    timestamptz NOT NULL
);
CREATE UNIQUE INDEX client_nhs ON client (provider, nhs_index) WHERE nhs_index IS NOT NULL;
CREATE INDEX client_who ON client (provider, who_index) WHERE who_index IS NOT NULL;

-- A pathway as it stands, beside what was decided on it.
CREATE TABLE referral (
    referral_id uuid PRIMARY KEY,
    client_id   uuid NOT NULL,
    provider    text NOT NULL,
    team        text NOT NULL,
    for_whom    text NOT NULL CHECK (for_whom IN ('self', 'family')),
    state       text NOT NULL CHECK (state IN ('open', 'ended')),
    version     integer NOT NULL,         -- of all events
    snapshot    bytea NOT NULL            -- JSON of the pathway, under the person's key
) WITH (fillfactor = 70);
CREATE INDEX referral_client ON referral (client_id);
CREATE UNIQUE INDEX referral_open ON referral (client_id, for_whom) WHERE state = 'open';

-- Domain events: one row for all that one command or fact led to. Never changed; gone with an erasure.
CREATE TABLE decision (
    referral_id uuid NOT NULL,
    version     integer NOT NULL,         -- of the pathway after it
    client_id   uuid NOT NULL,
    provider    text NOT NULL,
    team        text NOT NULL,
    actor       text NOT NULL,
    recorded_at timestamptz NOT NULL,
    events      bytea NOT NULL,           -- JSON: [[name, version, data]…], under the person's key
    PRIMARY KEY (referral_id, version)
);
CREATE INDEX decision_client ON decision (client_id);

-- Erasures to be seen through: the key after the rows, the tombstone on Kafka after a month.
CREATE TABLE erasure (
    client_id     uuid PRIMARY KEY,
    provider      text NOT NULL,
    asked_at      timestamptz NOT NULL,
    asked_by      text NOT NULL,
    key_gone_at   timestamptz,
    tombstoned_at timestamptz
);

-- Where feeds are fetched from, and when. No person is in it but the member of staff who answers for it.
CREATE TABLE directory_source (
    source_id     uuid PRIMARY KEY,
    feed          text NOT NULL UNIQUE,
    format        text NOT NULL,
    url           text NOT NULL,
    formats_url   text,                  -- BMLT: where its server answers to GetFormats
    time_zone     text NOT NULL,
    every_hours   int2 CHECK (every_hours BETWEEN 1 AND 720),
    daily_at      time,                  -- local in time_zone
    owner         text NOT NULL,         -- who answers for the area
    area          text NOT NULL,
    added_at      timestamptz NOT NULL,
    added_by      text NOT NULL,
    due_at        timestamptz NOT NULL,
    failures      int4 NOT NULL DEFAULT 0,   -- in a row
    etag          text,                  -- of what was applied last, to ask only for newer
    last_modified text,
    applied_at    timestamptz,           -- last read as a whole and taken
    seen_at       timestamptz,           -- last there, newer or not
    CHECK ((every_hours IS NULL) <> (daily_at IS NULL))
);
CREATE INDEX directory_source_due ON directory_source (due_at);

-- Every import that was tried: also one that could not be fetched, and one that a person left as it is.
ALTER TABLE directory_import
    DROP CONSTRAINT directory_import_outcome_check,
    ADD CHECK (outcome IN ('applied', 'held', 'broken', 'unreachable', 'left')),
    ADD COLUMN digest bytea;             -- SHA-256 of what was read

-- An import from a source, from when it was asked for until it has ended.
CREATE TABLE directory_run (
    run_id      uuid PRIMARY KEY,
    source_id   uuid NOT NULL REFERENCES directory_source ON DELETE CASCADE,
    asked_at    timestamptz NOT NULL,
    by          text NOT NULL,
    agreed      boolean NOT NULL,        -- a person has looked at what was held
    state       text NOT NULL CHECK (state IN ('waiting', 'running', 'ended')),
    lease_until timestamptz,             -- then whoever ran it is gone, and another takes it up
    phase       text NOT NULL CHECK (phase IN ('waiting', 'fetching', 'reading', 'comparing', 'writing', 'ended')),
    fetched     bigint NOT NULL DEFAULT 0,   -- bytes
    fetched_of  bigint,
    lines       int4 NOT NULL DEFAULT 0,
    compared    int4 NOT NULL DEFAULT 0,
    written     int4 NOT NULL DEFAULT 0,
    ended_at    timestamptz,
    import_id   bigint REFERENCES directory_import
);
CREATE UNIQUE INDEX directory_run_open ON directory_run (source_id) WHERE state <> 'ended';
CREATE INDEX directory_run_waiting ON directory_run (asked_at) WHERE state <> 'ended';

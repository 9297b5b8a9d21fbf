-- FHIR resources: one row per resource as it stands, and one per version that it replaced.
-- Why so, and which indexes: docs/adr/0060.

CREATE TABLE fhir_resource (
    provider     text NOT NULL,
    type         text NOT NULL,
    id           uuid NOT NULL,
    client       uuid NOT NULL,
    grouping     uuid NOT NULL,           -- what is shown or hidden together: a referral
    hidden       boolean NOT NULL DEFAULT false,
    version      integer NOT NULL,
    last_updated timestamptz NOT NULL,
    xid          xid8 NOT NULL DEFAULT pg_current_xact_id(),
    digest       bytea NOT NULL,          -- keyed: whether a rendering is new
    subject      bytea,                   -- blind index of the person's identifier
    tokens       text[] NOT NULL,
    body         bytea NOT NULL,          -- JSON, under the person's key
    PRIMARY KEY (provider, type, id)
) WITH (fillfactor = 60, toast_tuple_target = 8160);
-- Room on the page for the next version, so that no index is touched; the body in line, so that a read is one fetch.
ALTER TABLE fhir_resource ALTER COLUMN body SET STORAGE EXTERNAL;  -- what is encrypted does not compress
CREATE INDEX fhir_resource_client ON fhir_resource (client);
CREATE INDEX fhir_resource_subject ON fhir_resource (subject) WHERE subject IS NOT NULL;

CREATE TABLE fhir_version (
    id           uuid NOT NULL,
    type         text NOT NULL,
    version      integer NOT NULL,
    last_updated timestamptz NOT NULL,
    xid          xid8 NOT NULL,           -- which transaction made it, not which replaced it
    tokens       text[] NOT NULL,
    body         bytea NOT NULL,
    PRIMARY KEY (id, type, version)
) WITH (toast_tuple_target = 8160);
ALTER TABLE fhir_version ALTER COLUMN body SET STORAGE EXTERNAL;

-- Whether a transaction was over when the snapshot was taken. One "in the future" is from before a dump was restored.
CREATE FUNCTION fhir_seen(xid xid8, moment pg_snapshot) RETURNS boolean LANGUAGE sql STABLE
RETURN pg_visible_in_snapshot(xid, moment) OR xid >= pg_snapshot_xmax(pg_current_snapshot());

-- The glass is broken: somebody of another team sees one client for some hours. Rows stay: they are looked at later.
CREATE TABLE access_opened (
    access_id uuid PRIMARY KEY,
    client_id uuid NOT NULL,
    provider  text NOT NULL,
    team      text NOT NULL,            -- the client's
    sub       text NOT NULL,            -- whose access it is
    reason    bytea NOT NULL,           -- their own words, under the client's key
    since     timestamptz NOT NULL,
    until     timestamptz NOT NULL
);
CREATE INDEX access_opened_client ON access_opened (client_id, until);
CREATE INDEX access_opened_team ON access_opened (provider, team, since);

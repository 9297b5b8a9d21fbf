-- Two people who are to be kept apart: a row for each of the two who is a client. That it is so is all that is kept.
CREATE TABLE kept_apart (
    client_id uuid NOT NULL,
    kind      text NOT NULL CHECK (kind IN ('client', 'peer', 'staff')),
    other     text NOT NULL,            -- a client's pseudonym, a peer supporter's id, or the `sub` of staff
    provider  text NOT NULL,
    team      text NOT NULL,            -- the client's
    marked_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, kind, other)
);
CREATE INDEX kept_apart_other ON kept_apart (other);

-- A peer supporter had agreed to go along, and everything about the client was erased since: nothing here is theirs.
CREATE TABLE peer_to_tell (
    peer_id uuid NOT NULL REFERENCES peer ON DELETE CASCADE,
    start   timestamptz NOT NULL,      -- when they would come; once it has begun there is nothing left to tell
    PRIMARY KEY (peer_id, start)
);

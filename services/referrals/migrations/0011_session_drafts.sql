-- A session as far as somebody has written it: each author has their own. Gone when it is saved, and with an erasure.
CREATE TABLE session_draft (
    referral_id uuid NOT NULL,
    session_id  uuid NOT NULL,
    author      text NOT NULL,            -- a person's sub
    client_id   uuid NOT NULL,
    provider    text NOT NULL,
    team        text NOT NULL,
    saved_at    timestamptz NOT NULL,
    typed       bytea NOT NULL,           -- JSON of the form, under the person's key
    PRIMARY KEY (referral_id, session_id, author)
);
CREATE INDEX session_draft_client ON session_draft (client_id);

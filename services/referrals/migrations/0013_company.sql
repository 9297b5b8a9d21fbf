-- A peer supporter of one provider. What says anything about the person is sealed under a key of their own.
CREATE TABLE peer (
    peer_id       uuid PRIMARY KEY,
    provider      text NOT NULL,
    team          text,                    -- of who registered them
    sealed        bytea,                   -- JSON: details and concerns; null once erased, until the key is gone
    paused        boolean NOT NULL DEFAULT false,
    last_asked_at timestamptz,
    version       integer NOT NULL,
    registered_at timestamptz NOT NULL
);
CREATE INDEX peer_provider ON peer (provider) WHERE sealed IS NOT NULL;
CREATE INDEX peer_entombed ON peer (peer_id) WHERE sealed IS NULL;

-- Who is asked for, offered or agreed on which pathway: an index of what is sealed in `referral.snapshot`, kept with
-- it. Provider and team stand on the referral, and with it the row is gone.
CREATE TABLE company (
    company_id    uuid PRIMARY KEY,
    referral_id   uuid NOT NULL REFERENCES referral ON DELETE CASCADE,
    commitment_id uuid NOT NULL,
    peer_id       uuid,
    state         text NOT NULL,
    start         timestamptz NOT NULL    -- of the meeting
);
CREATE INDEX company_referral ON company (referral_id);
CREATE INDEX company_ahead ON company (start) WHERE state IN ('asked', 'offered', 'agreed');
CREATE INDEX company_peer ON company (peer_id) WHERE state IN ('asked', 'offered', 'agreed');

-- Which of the guide's models of finding somebody a provider runs; without a row all of them.
CREATE TABLE company_models (
    provider text PRIMARY KEY,
    models   text[] NOT NULL
);

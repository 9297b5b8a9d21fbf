-- Who a client is to reminders, from `client.known`. `expected`: something was heard of them before that came.
-- An erased one stays as a tombstone without anything else in it.
CREATE TABLE client (
    client     uuid PRIMARY KEY,
    provider   text NOT NULL,
    team       text,
    state      text NOT NULL DEFAULT 'expected' CHECK (state IN ('expected', 'active', 'erased')),
    sequence   text,                      -- an older one that comes later is passed over
    known_zone text
);

-- How they may be reached and what for. What identifies them is in `sealed`, under their own key.
CREATE TABLE contact (
    client     uuid PRIMARY KEY REFERENCES client,
    provider   text NOT NULL,
    team       text,
    sealed     bytea NOT NULL,            -- JSON: e-mail, phone, name to use
    time_zone  text NOT NULL,
    purposes   text[] NOT NULL,
    channels   text[] NOT NULL,
    may_name_service boolean NOT NULL,
    version    integer NOT NULL,
    changed_at timestamptz NOT NULL
);

-- The directory, as far as it was heard. An empty row is held by a commitment that came before its meeting, so that
-- the two cannot pass each other unseen.
CREATE TABLE meeting (
    meeting_id uuid PRIMARY KEY,
    listed     jsonb,                     -- `meeting.listed`, as it was said
    said_at    timestamptz
);

CREATE TABLE referral (
    referral_id uuid PRIMARY KEY,
    client      uuid NOT NULL REFERENCES client,
    provider    text NOT NULL,
    team        text,
    ended       boolean NOT NULL
);
CREATE INDEX referral_client ON referral (client);

-- A meeting that somebody plans to go to. Without `start` only later news of it has come.
CREATE TABLE commitment (
    commitment_id uuid PRIMARY KEY,
    referral_id   uuid NOT NULL,
    client        uuid NOT NULL REFERENCES client,
    provider      text NOT NULL,
    team          text,
    made          timestamptz,
    meeting_id    uuid,
    date          date,                   -- the meeting's local day
    starts_at     timestamptz,
    ends_at       timestamptz,
    time_zone     text,                   -- the meeting's
    off           text,                   -- why the meeting does not take place then
    outcome       text,
    withdrawn     boolean NOT NULL
);
CREATE INDEX commitment_client ON commitment (client, starts_at);
CREATE INDEX commitment_referral ON commitment (referral_id);
CREATE INDEX commitment_meeting ON commitment (meeting_id, starts_at);

CREATE TABLE message (
    message_id    uuid PRIMARY KEY,
    client        uuid NOT NULL REFERENCES client,
    provider      text NOT NULL,
    team          text,
    commitment_id uuid NOT NULL REFERENCES commitment,
    rule          text NOT NULL,
    starts_at     timestamptz NOT NULL,   -- of the meeting, as it was planned for
    slot_due      timestamptz NOT NULL,   -- when it should go out, whatever the hour
    useful_until  timestamptz NOT NULL,
    time_zone     text NOT NULL,          -- the client's
    due_at        timestamptz NOT NULL,   -- when it goes out, at a civil hour
    next_try_at   timestamptz NOT NULL,   -- the same, until a try fails
    state         text NOT NULL
        CHECK (state IN ('planned', 'sending', 'sent', 'cancelled', 'expired', 'undeliverable', 'unknown')),
    reason        text,
    attempts      integer NOT NULL DEFAULT 0,
    taken_by      bigint,                 -- the worker that has it in hand, or had
    taken_at      timestamptz,
    settled_at    timestamptz
);
CREATE UNIQUE INDEX message_planned_once ON message (commitment_id, rule) WHERE state = 'planned';
CREATE INDEX message_commitment ON message (commitment_id);
CREATE INDEX message_client ON message (client, due_at);
CREATE INDEX message_next ON message (next_try_at) WHERE state = 'planned';
CREATE INDEX message_taken ON message (taken_at) WHERE state = 'sending';

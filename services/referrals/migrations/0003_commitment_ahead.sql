-- Commitments that lie ahead, by meeting: an index of what is sealed in `referral.snapshot`, kept with it. Provider and
-- team stand on the referral, and with it the row is gone.
CREATE TABLE commitment_ahead (
    commitment_id uuid PRIMARY KEY,
    referral_id   uuid NOT NULL REFERENCES referral ON DELETE CASCADE,
    meeting_id    uuid NOT NULL,
    date          date NOT NULL,
    start         timestamptz NOT NULL
);
CREATE INDEX commitment_ahead_meeting ON commitment_ahead (meeting_id);
CREATE INDEX commitment_ahead_referral ON commitment_ahead (referral_id);

-- False for pathways from before there was such an index: `keep_older_commitments` sees to them.
ALTER TABLE referral ADD COLUMN ahead_kept boolean NOT NULL DEFAULT false;
CREATE INDEX referral_ahead_unkept ON referral (referral_id) WHERE NOT ahead_kept;

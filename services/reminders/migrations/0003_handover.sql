-- Not every message is about a meeting: that somebody has another keyworker is about a referral.
ALTER TABLE message ALTER COLUMN commitment_id DROP NOT NULL;
ALTER TABLE message ADD COLUMN referral_id uuid;
ALTER TABLE message ADD CONSTRAINT message_about CHECK (commitment_id IS NOT NULL OR referral_id IS NOT NULL);

-- Whose client it is: the keyworker's `sub`, as in the snapshot. Null: from before it was kept.
ALTER TABLE referral ADD COLUMN keyworker text;
CREATE INDEX referral_of_team ON referral (provider, team) WHERE state = 'open';
CREATE INDEX client_of_team ON client (provider, team) WHERE state = 'active';

-- Keyworkers and team leads who have been here, as their sign-in names them: to whom a client can be handed over.
CREATE TABLE staff (
    provider text NOT NULL,
    sub      text NOT NULL,
    team     text,
    name     text,
    roles    text[] NOT NULL,
    PRIMARY KEY (provider, sub)
);

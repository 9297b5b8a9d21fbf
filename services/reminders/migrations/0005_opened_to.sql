-- Who has broken the glass, as client.known says it: a list of {"sub", "until"}.
ALTER TABLE client ADD COLUMN opened_to jsonb NOT NULL DEFAULT '[]';

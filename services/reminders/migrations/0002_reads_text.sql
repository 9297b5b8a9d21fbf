-- As client.known says it; who reads no text is sent none.
ALTER TABLE client ADD COLUMN reads_text boolean NOT NULL DEFAULT true;

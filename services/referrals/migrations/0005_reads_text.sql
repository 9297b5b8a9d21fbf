-- false: the client reads no text, so none is sent to them (reading and communication needs, told by client.known).
ALTER TABLE client ADD COLUMN reads_text boolean NOT NULL DEFAULT true;

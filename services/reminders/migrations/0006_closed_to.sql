-- Who is kept apart from the client, by their `sub`, as client.known says it.
ALTER TABLE client ADD COLUMN closed_to text[] NOT NULL DEFAULT '{}';

-- Who read what of whom. Pseudonymous and without content: it outlives an erasure.
CREATE TABLE audit (
    at          timestamptz NOT NULL,
    actor       text NOT NULL,            -- a person's sub or a system's client id
    provider    text NOT NULL,
    action      text NOT NULL,            -- read, search, erase…
    subject     text NOT NULL,            -- what was read: Goal/<id>, referral/<id>…
    client      uuid,
    request_id  text
);
CREATE INDEX audit_client ON audit (client, at) WHERE client IS NOT NULL;
CREATE INDEX audit_at ON audit USING brin (at);

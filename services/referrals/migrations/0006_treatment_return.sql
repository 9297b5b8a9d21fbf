-- Asked for separately and not given unless said; it stays here, so client.known does not carry it.
ALTER TABLE client ADD COLUMN treatment_return boolean NOT NULL DEFAULT false;
CREATE INDEX client_treatment_return ON client (provider, client_id) WHERE treatment_return;

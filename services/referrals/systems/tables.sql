-- Systems that may ask for a token, the assertions they have used, and the keys that sign what they get.

CREATE TABLE registered_system (
    name          text PRIMARY KEY,        -- its client_id
    provider      text NOT NULL,           -- ODS code
    source        text UNIQUE,             -- an emitter's: the `source` of its events, for ever
    reports_as    text,                    -- an emitter's: what its events may claim at most
    scopes        text[] NOT NULL,
    jwks          jsonb NOT NULL,          -- its public keys
    state         text NOT NULL CHECK (state IN ('active', 'disabled')),
    registered_at timestamptz NOT NULL,
    registered_by text NOT NULL,
    CHECK ((source IS NULL) = (reports_as IS NULL))
);
CREATE INDEX registered_system_provider ON registered_system (provider);

-- "jti … the authorization server SHALL check that the jti value has not been previously encountered" (SMART 2.2)
CREATE TABLE client_assertion (
    client_id  text NOT NULL,
    jti        text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, jti)
);
CREATE INDEX client_assertion_expires ON client_assertion (expires_at);

CREATE TABLE signing_key (
    key_id          text PRIMARY KEY,
    private         bytea NOT NULL,        -- PKCS #8, under the service's key
    public          jsonb NOT NULL,        -- as it stands in the JWKS
    signs_from      timestamptz NOT NULL,  -- the newest that may sign does; a rotation publishes its key first
    published_until timestamptz            -- null: as long as it signs
);

-- Moves on in every transaction that changes meetings: each instance keeps an index of them in memory.
CREATE TABLE directory_version (
    version bigint NOT NULL
);
INSERT INTO directory_version VALUES (0);

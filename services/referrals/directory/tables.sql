-- The directory is the deployment's: no provider, no person in it. Nothing is ever deleted, what is gone is withdrawn.

CREATE TABLE meeting (
    meeting_id       uuid PRIMARY KEY,   -- UUIDv5 of feed and source_id
    feed             text NOT NULL,
    source_id        text NOT NULL,      -- the feed's own id
    name             text NOT NULL,
    organisation     text NOT NULL,
    format           text NOT NULL CHECK (format IN ('in-person', 'online', 'hybrid')),
    place_name       text,
    address          text,
    finding_the_door text,
    latitude         float8,
    longitude        float8,
    online_link      text,
    weekday          int2 CHECK (weekday BETWEEN 1 AND 7),   -- ISO; null: by appointment
    start            time,                                   -- local in time_zone
    length           int2 NOT NULL,                          -- minutes
    time_zone        text NOT NULL,
    kinds            text[] NOT NULL,
    audience         text NOT NULL CHECK (audience IN ('self', 'family', 'both')),
    for_what         text[] NOT NULL,
    status           text NOT NULL CHECK (status IN ('active', 'closed-for-now', 'withdrawn')),
    in_feed_on       date NOT NULL,
    confirmed_on     date,
    CHECK ((weekday IS NULL) = (start IS NULL))
);
CREATE INDEX meeting_feed ON meeting (feed);

-- Every import that was tried. The last one of a feed, when it changed nothing, is an alert that waits for a person.
CREATE TABLE directory_import (
    import_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    feed      text NOT NULL,
    format    text NOT NULL,
    at        timestamptz NOT NULL,
    by        text NOT NULL,
    outcome   text NOT NULL CHECK (outcome IN ('applied', 'held', 'broken')),
    report    jsonb,                     -- {new, changed, unchanged, gone, refused}; of a held one: what it would do
    problem   jsonb,                     -- {field, code, reason}: why it was not applied
    CHECK ((outcome = 'applied') = (problem IS NULL))
);
CREATE INDEX directory_import_feed ON directory_import (feed, import_id DESC);

-- Each provider's own, and seen by nobody else. No client is in it, and no member of a group.
CREATE TABLE local_knowledge (
    provider     text NOT NULL,
    meeting_id   uuid NOT NULL,
    our_premises boolean NOT NULL,
    door         text,
    greeted_by   text,                   -- a role, never a name
    step_free    text,
    parking      text,
    last_bus     text,
    last_went_on date,
    known_by     text[] NOT NULL,        -- staff of the provider
    noted_by     text NOT NULL,
    noted_at     timestamptz NOT NULL,
    PRIMARY KEY (provider, meeting_id)
);

-- What people confirmed, in its order: an index in memory follows by it without being built anew.
CREATE TABLE meeting_confirmed (
    number       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    meeting_id   uuid NOT NULL,
    confirmed_on date NOT NULL
);

-- To whom a concern about a meeting was passed, and when: no story.
CREATE TABLE meeting_concern (
    concern_id uuid PRIMARY KEY,
    provider   text NOT NULL,
    meeting_id uuid NOT NULL,
    passed_to  text NOT NULL,
    passed_on  date NOT NULL,
    noted_by   text NOT NULL,
    noted_at   timestamptz NOT NULL
);
CREATE INDEX meeting_concern_meeting ON meeting_concern (provider, meeting_id);

-- Not suggested by this provider until a team lead resumes it.
CREATE TABLE meeting_pause (
    provider   text NOT NULL,
    meeting_id uuid NOT NULL,
    paused_by  text NOT NULL,
    paused_at  timestamptz NOT NULL,
    PRIMARY KEY (provider, meeting_id)
);

-- Who sees to it that the meetings of an area are confirmed. No place: those that are only online.
CREATE TABLE directory_area (
    provider  text NOT NULL,
    area      text NOT NULL,
    owner     text NOT NULL,             -- staff of the provider
    latitude  float8,
    longitude float8,
    km        float8,
    PRIMARY KEY (provider, area),
    CHECK ((latitude IS NULL) = (longitude IS NULL) AND (latitude IS NULL) = (km IS NULL))
);

-- How often nothing fitted, by the filter that stood in the way. Nobody's: not who asked, not where.
CREATE TABLE unmet_need (
    month  date NOT NULL,                -- its first day
    filter text NOT NULL,
    times  bigint NOT NULL,
    PRIMARY KEY (month, filter)
);

-- Loaded by the operator; without it places are said by coordinates.
CREATE TABLE postcode (
    code      text PRIMARY KEY,          -- capital letters and digits, no blanks
    latitude  float8 NOT NULL,
    longitude float8 NOT NULL
);

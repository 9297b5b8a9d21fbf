-- Meetings of some weeks only: every n weeks counted from a date, or the first, third, last of a month.
ALTER TABLE meeting
    ADD COLUMN every_weeks    int2 CHECK (every_weeks BETWEEN 2 AND 52),   -- null, like the last: every week
    ADD COLUMN counted_from   date CHECK ((counted_from IS NULL) = (every_weeks IS NULL)),
    ADD COLUMN weeks_of_month int2[];                                      -- 1 to 4, -1: the last

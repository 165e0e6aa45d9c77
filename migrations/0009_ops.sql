-- What the hourly work last did, so that an operator sees a purge that no longer runs. Figures only, one row a chore.

CREATE TABLE chores (
  name  TEXT NOT NULL PRIMARY KEY,   -- renamed, objecting, purge, desk or canary
  ran   INTEGER NOT NULL,            -- hour it was last begun, since 1970-01-01 00:00 UTC
  done  INTEGER,                     -- hour it last ended well; null: never yet
  rows  INTEGER NOT NULL             -- what it came to then
) STRICT, WITHOUT ROWID;

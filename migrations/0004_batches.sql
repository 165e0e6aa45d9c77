-- Ids of the batches of counters that were written in the last 24 hours, each written in the same transaction as its
-- counters: a batch that comes again (an answer that was lost, a message delivered twice) then changes nothing.
--
-- The hour stands first, so that the purge is one range. An id is random and says nothing; which events were in a
-- batch is not kept (P3). Until this table exists the Worker counts without ids, and does not retry what may have been written.

CREATE TABLE batches (
  hour  INTEGER NOT NULL,  -- hour in which the batch was made, since 1970-01-01 00:00 UTC
  id    TEXT NOT NULL,
  PRIMARY KEY (hour, id)
) STRICT, WITHOUT ROWID;

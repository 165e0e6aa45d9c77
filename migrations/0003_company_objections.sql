-- Companies that objected: never named again on any site, by no table and no rule, whoever serves what version.
--
-- A row is what is needed to recognise the company under another key (a new domain, another spelling), and nothing else.
CREATE TABLE company_objections (
  company_key  TEXT NOT NULL PRIMARY KEY,
  names        TEXT NOT NULL,              -- JSON array
  domains      TEXT NOT NULL,              -- JSON array
  created      TEXT NOT NULL,              -- YYYY-MM-DD
  why          TEXT NOT NULL,
  proof        TEXT                        -- how control of the domain was shown: 'dns', or null where the operator took its word
) STRICT, WITHOUT ROWID;

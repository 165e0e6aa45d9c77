-- The operator's own ranges: `block` one, or `assign` it to a company. The only place where an address range rests in D1.
--
-- Bounds are 16 bytes each, IPv4 as ::ffff:a.b.c.d: D1 binds every number as REAL, and above 2^53 an address would change.
-- site_id is '*' for all sites.
CREATE TABLE rules (
  site_id  TEXT NOT NULL,
  first    BLOB NOT NULL CHECK (length(first) = 16),
  last     BLOB NOT NULL CHECK (length(last) = 16 AND last >= first),
  action   TEXT NOT NULL CHECK (action IN ('block', 'assign')),
  company  TEXT CHECK ((action = 'assign') = (company IS NOT NULL)),  -- JSON: key, kind, name, domain, country, city, industry, employees
  why      TEXT NOT NULL DEFAULT '',
  created  TEXT NOT NULL,                                             -- YYYY-MM-DD
  PRIMARY KEY (site_id, first, last)
) STRICT, WITHOUT ROWID;

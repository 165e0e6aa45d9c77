-- What operators need to work with the ledger: who may see it, what they wrote on companies, and the audit log.
-- Plus two columns of company_day, so that lists can filter by source and score hot pages without reading activity.

ALTER TABLE company_day ADD COLUMN hot INTEGER NOT NULL DEFAULT 0;        -- views of the site's hot pages
ALTER TABLE company_day ADD COLUMN sources TEXT NOT NULL DEFAULT '[]';    -- JSON: the day's outside sources, sorted

CREATE TABLE tags (
  site_id      TEXT NOT NULL,
  company_key  TEXT NOT NULL,
  tag          TEXT NOT NULL,
  created      TEXT NOT NULL,             -- YYYY-MM-DD
  PRIMARY KEY (site_id, company_key, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
  site_id      TEXT NOT NULL,
  company_key  TEXT NOT NULL,
  id           TEXT NOT NULL,             -- random
  text         TEXT NOT NULL,             -- the operator's own words
  author       TEXT NOT NULL,             -- name of the token that wrote it
  created      TEXT NOT NULL,             -- YYYY-MM-DD
  PRIMARY KEY (site_id, company_key, id)
) STRICT, WITHOUT ROWID;

-- A saved filter of the company list.
CREATE TABLE segments (
  site_id  TEXT NOT NULL,
  id       TEXT NOT NULL,                 -- slug
  name     TEXT NOT NULL,
  filter   TEXT NOT NULL,                 -- JSON: parameters of the company list
  created  TEXT NOT NULL,                 -- YYYY-MM-DD
  PRIMARY KEY (site_id, id)
) STRICT, WITHOUT ROWID;

-- Only the SHA-256 of a token is kept. sites is '*' or a JSON array of site ids.
CREATE TABLE tokens (
  hash       TEXT NOT NULL PRIMARY KEY,
  id         TEXT NOT NULL,               -- random, to name the token without knowing it
  name       TEXT NOT NULL,
  role       TEXT NOT NULL CHECK (role IN ('owner', 'analyst', 'viewer')),
  sites      TEXT NOT NULL,
  created    TEXT NOT NULL,               -- YYYY-MM-DD
  expires    INTEGER,                     -- hours since 1970 UTC; null: never
  last_used  INTEGER,                     -- hours since 1970 UTC
  revoked    INTEGER                      -- hours since 1970 UTC
) STRICT, WITHOUT ROWID;

-- A browser's sign-in: what its cookie holds is random, here is the SHA-256 of it.
CREATE TABLE sign_ins (
  hash      TEXT NOT NULL PRIMARY KEY,
  token_id  TEXT NOT NULL,                -- 'bootstrap' for the token whose hash is the Worker's secret
  expires   INTEGER NOT NULL              -- hours since 1970 UTC
) STRICT, WITHOUT ROWID;

-- One-time links; used or expired ones are deleted.
CREATE TABLE invitations (
  hash     TEXT NOT NULL PRIMARY KEY,
  name     TEXT NOT NULL,
  role     TEXT NOT NULL CHECK (role IN ('owner', 'analyst', 'viewer')),
  sites    TEXT NOT NULL,
  expires  INTEGER NOT NULL               -- minutes since 1970 UTC
) STRICT, WITHOUT ROWID;

-- Refused sign-ins per hour, all together: they are limited without a word about who tried.
CREATE TABLE sign_in_failures (
  hour   INTEGER NOT NULL PRIMARY KEY,
  count  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who did what, and to how many rows; never the content. site_id is '*' where it concerns no single site.
CREATE TABLE audit (
  site_id  TEXT NOT NULL,
  minute   INTEGER NOT NULL,              -- minutes since 1970 UTC
  id       TEXT NOT NULL,                 -- random
  actor    TEXT NOT NULL,                 -- name of the token, or the e-mail address Cloudflare Access vouched for
  action   TEXT NOT NULL,
  detail   TEXT NOT NULL,                 -- from closed lists: names of settings, formats, bases
  rows     INTEGER NOT NULL,
  PRIMARY KEY (site_id, minute, id)
) STRICT, WITHOUT ROWID;

-- The ledger (what companies did, per hour), the totals (anonymous, per day) and the sites.
--
-- Every counter table is WITHOUT ROWID with a composite primary key: an upsert then writes one row, and no
-- number grows in order of arrival (promise P3). No column is finer than the hour, none could hold an address (P2).

CREATE TABLE sites (
  id         TEXT NOT NULL PRIMARY KEY,
  name       TEXT NOT NULL,
  basis      TEXT NOT NULL DEFAULT 'consent' CHECK (basis IN ('consent', 'legitimate-interest', 'off')),
  time_zone  TEXT NOT NULL DEFAULT 'Europe/Berlin',
  settings   TEXT NOT NULL DEFAULT '{}',  -- JSON, read by one schema with defaults: src/ledger/site.ts
  created    TEXT NOT NULL                -- YYYY-MM-DD
) STRICT, WITHOUT ROWID;

-- use = 'page': an Origin host whose events belong to the site; use = 'endpoint': a host on which the site reaches Doorplate.
CREATE TABLE site_hosts (
  host     TEXT NOT NULL,
  use      TEXT NOT NULL CHECK (use IN ('page', 'endpoint')),
  site_id  TEXT NOT NULL,
  PRIMARY KEY (host, use)
) STRICT, WITHOUT ROWID;

-- Per site, written when a company is first seen there, gone with its last ledger row (P8: no row is shared by two sites).
CREATE TABLE companies (
  site_id      TEXT NOT NULL,
  company_key  TEXT NOT NULL,
  kind         TEXT NOT NULL,
  name         TEXT NOT NULL,
  domain       TEXT,
  country      TEXT NOT NULL,
  city         TEXT,
  industry     TEXT,
  employees    TEXT,
  receipt      TEXT NOT NULL,             -- JSON: source, licence, version, date, evidence, confidence, table version
  first_hour   INTEGER NOT NULL,          -- hours since 1970-01-01 00:00 UTC
  PRIMARY KEY (site_id, company_key)
) STRICT, WITHOUT ROWID;

-- One row = somebody of this company did this, this often, in this hour. Ordered so that a company's page is one range.
CREATE TABLE company_activity (
  site_id      TEXT NOT NULL,
  company_key  TEXT NOT NULL,
  hour         INTEGER NOT NULL,          -- hours since 1970-01-01 00:00 UTC
  kind         TEXT NOT NULL CHECK (kind IN ('view', 'download', 'outbound', 'form', 'event')),
  path         TEXT NOT NULL,
  origin       TEXT NOT NULL,             -- previous path on the site, or the outside source, or empty
  name         TEXT NOT NULL,             -- file, host, form or event; empty for views
  count        INTEGER NOT NULL,
  seconds      INTEGER NOT NULL,          -- seconds the pages were visible
  PRIMARY KEY (site_id, company_key, hour, kind, path, origin, name)
) STRICT, WITHOUT ROWID;

-- Computed from company_activity in the same batch, so that lists read company-days and not activity.
CREATE TABLE company_day (
  site_id      TEXT NOT NULL,
  day          TEXT NOT NULL,             -- YYYY-MM-DD in the site's time zone
  company_key  TEXT NOT NULL,
  views        INTEGER NOT NULL,
  pages        INTEGER NOT NULL,          -- distinct paths viewed
  seconds      INTEGER NOT NULL,
  downloads    INTEGER NOT NULL,
  outbounds    INTEGER NOT NULL,
  forms        INTEGER NOT NULL,
  events       INTEGER NOT NULL,
  visits       INTEGER NOT NULL,          -- runs of consecutive hours with activity
  first_hour   INTEGER NOT NULL,
  last_hour    INTEGER NOT NULL,
  PRIMARY KEY (site_id, day, company_key)
) STRICT, WITHOUT ROWID;

-- Anonymous daily counts, one dimension at a time (P5); holds only what is not attributed to a company.
CREATE TABLE site_totals (
  site_id    TEXT NOT NULL,
  day        TEXT NOT NULL,               -- YYYY-MM-DD in the site's time zone when written
  dimension  TEXT NOT NULL CHECK (dimension IN ('path', 'source', 'country', 'device', 'activity', 'outcome')),
  value      TEXT NOT NULL,
  count      INTEGER NOT NULL,
  PRIMARY KEY (site_id, day, dimension, value)
) STRICT, WITHOUT ROWID;

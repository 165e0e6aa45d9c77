import type { CompanyKey, CompanyRecord, SiteId } from '../words.ts'
import type { Activity, Leave, TotalsEntry } from './activity.ts'
import { localDay } from './clock.ts'
import type { Sink } from './sink.ts'

/**
 * Writes to D1. Each event is one transaction: the company's master data at first sight, one upsert of its counter,
 * and its company-day computed anew from the counters, so that a list can never disagree with the page behind it.
 */
export function d1Sink(db: D1Database): Sink {
  return {
    async activity(activity, timeZone) {
      const day = localDay(activity.hour, timeZone)
      await db.batch([
        firstSight(db, activity.siteId, activity.company, activity.hour),
        addActivity(db, activity),
        companyDay(db, activity.siteId, activity.company.key, day),
      ])
    },
    async leave(leave, timeZone) {
      await db.batch([addSeconds(db, leave), companyDay(db, leave.siteId, leave.company.key, localDay(leave.hour, timeZone))])
    },
    async totals(entry) {
      await addTotals(db, entry).run()
    },
  }
}

/**
 * A company's row is written once per site; later tables may know more, the receipt of the first sight stays true.
 * Deliveries may arrive out of order, so the first hour is the least one seen and not the first one written (P3).
 */
function firstSight(db: D1Database, siteId: SiteId, company: CompanyRecord, hour: number): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO companies (site_id, company_key, kind, name, domain, country, city, industry, employees, receipt, first_hour)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
       ON CONFLICT DO UPDATE SET first_hour = excluded.first_hour WHERE excluded.first_hour < first_hour`,
    )
    .bind(
      siteId,
      company.key,
      company.kind,
      company.name,
      company.domain,
      company.country,
      company.city,
      company.industry,
      company.employees,
      JSON.stringify(company.receipt),
      hour,
    )
}

function addActivity(db: D1Database, a: Activity): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO company_activity (site_id, company_key, hour, kind, path, origin, name, count, seconds)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, 0)
       ON CONFLICT DO UPDATE SET count = count + 1`,
    )
    .bind(a.siteId, a.company.key, a.hour, a.kind, a.path, a.origin, a.name)
}

function addSeconds(db: D1Database, l: Leave): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE company_activity SET seconds = seconds + ?6
        WHERE site_id = ?1 AND company_key = ?2 AND hour = ?3 AND kind = 'view' AND path = ?4 AND origin = ?5 AND name = ''`,
    )
    .bind(l.siteId, l.company.key, l.hour, l.path, l.origin, l.seconds)
}

/** The company's day as its counters say. A visit begins in an hour with activity after an hour without; midnight ends one. */
export function companyDay(
  db: D1Database,
  siteId: SiteId,
  key: CompanyKey,
  day: { readonly day: string; readonly from: number; readonly to: number },
): D1PreparedStatement {
  return db
    .prepare(
      `WITH rows AS (
         SELECT hour, kind, path, count, seconds FROM company_activity
          WHERE site_id = ?1 AND company_key = ?2 AND hour >= ?4 AND hour < ?5
       )
       INSERT INTO company_day (site_id, day, company_key, views, pages, seconds, downloads, outbounds, forms, events, visits, first_hour, last_hour)
       SELECT ?1, ?3, ?2,
              sum(iif(kind = 'view', count, 0)),
              count(DISTINCT iif(kind = 'view', path, NULL)),
              sum(seconds),
              sum(iif(kind = 'download', count, 0)),
              sum(iif(kind = 'outbound', count, 0)),
              sum(iif(kind = 'form', count, 0)),
              sum(iif(kind = 'event', count, 0)),
              (SELECT count(DISTINCT hour) FROM rows WHERE hour - 1 NOT IN (SELECT hour FROM rows)),
              min(hour), max(hour)
         FROM rows HAVING count(*) > 0
       ON CONFLICT DO UPDATE SET
         views = excluded.views, pages = excluded.pages, seconds = excluded.seconds, downloads = excluded.downloads,
         outbounds = excluded.outbounds, forms = excluded.forms, events = excluded.events, visits = excluded.visits,
         first_hour = excluded.first_hour, last_hour = excluded.last_hour`,
    )
    .bind(siteId, key, day.day, day.from, day.to)
}

function addTotals(db: D1Database, entry: TotalsEntry): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO site_totals (site_id, day, dimension, value, count)
       SELECT ?1, ?2, value ->> 0, value ->> 1, 1 FROM json_each(?3) WHERE true
       ON CONFLICT DO UPDATE SET count = count + 1`,
    )
    .bind(entry.siteId, entry.day, JSON.stringify(entry.counts))
}

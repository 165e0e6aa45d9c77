import { CANARY, COMPANY_KINDS } from '../words.ts'
import { eraseCounters, eraseSettings } from './desk/erase.ts'
import { saveSite } from './sites.ts'

/**
 * A site for `npm run doctor`: it sends an event there, sees it counted, and deletes the site again. Its host is made anew
 * each time and exists nowhere (`.invalid`, RFC 6761), so nobody else can count on it. No list names it.
 */
export async function makeCanary(db: D1Database, random: string, today: string): Promise<string> {
  const host = `${random}.canary.invalid`
  await saveSite(
    db,
    {
      id: CANARY,
      name: 'Canary',
      basis: 'consent',
      timeZone: 'UTC',
      settings: { kinds: [...COMPANY_KINDS] },
      pageHosts: [host],
      endpointHosts: [],
    },
    today,
  )
  return host
}

export type StoredRow = Record<string, string | number | null>

export interface CanaryRows {
  readonly ledger: readonly StoredRow[]
  readonly totals: readonly StoredRow[]
}

/** Every row that was counted there, as it is stored. */
export async function readCanary(counters: D1Database): Promise<CanaryRows> {
  const [activity, companies, days, totals] = await counters.batch<StoredRow>([
    counters.prepare('SELECT * FROM company_activity WHERE site_id = ?1').bind(CANARY),
    counters.prepare('SELECT * FROM companies WHERE site_id = ?1').bind(CANARY),
    counters.prepare('SELECT * FROM company_day WHERE site_id = ?1').bind(CANARY),
    counters.prepare('SELECT * FROM site_totals WHERE site_id = ?1').bind(CANARY),
  ])
  return { ledger: [activity, companies, days].flatMap((each) => each?.results ?? []), totals: totals?.results ?? [] }
}

/** Deletes it with everything counted there. @returns how many rows went. */
export async function dropCanary(desk: D1Database, counters: D1Database): Promise<number> {
  const gone = [await eraseSettings(desk, CANARY), await eraseCounters(counters, CANARY)]
  return gone.flatMap((receipt) => Object.values(receipt)).reduce((sum, rows) => sum + rows, 0)
}

/** For cron: a doctor that was interrupted leaves its canary behind until the day is over. */
export async function dropStaleCanary(desk: D1Database, counters: D1Database, today: string): Promise<number> {
  const left = await desk.prepare('SELECT 1 FROM sites WHERE id = ?1 AND created < ?2').bind(CANARY, today).first()
  return left === null ? 0 : dropCanary(desk, counters)
}

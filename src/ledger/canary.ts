import { CANARY, COMPANY_KINDS } from '../words.ts'
import { eraseCounters, eraseSettings } from './desk/erase.ts'
import { readDraft, saveSite } from './sites.ts'

/**
 * A site for `npm run doctor`: it sends an event there, sees it counted, and deletes the site again. Its host is made anew
 * each time and exists nowhere (`.invalid`, RFC 6761), so nobody else can count on it. No list names it.
 */
export type StoredRow = Record<string, string | number | null>

export interface Canary {
  readonly origin: string
  /** Every row that was counted there, as it is stored. */
  readonly ledger: StoredRow[]
  readonly totals: StoredRow[]
}

/** Makes the site where it is not there yet. @param random names its host */
export async function keepCanary(desk: D1Database, counters: D1Database, random: string, today: string): Promise<Canary> {
  const known = await readDraft(desk, CANARY)
  const [host = `${random}.canary.invalid`] = known?.pageHosts ?? []
  const site = { id: CANARY, name: 'Canary', basis: 'consent', timeZone: 'UTC', pageHosts: [host], endpointHosts: [] } as const
  if (known === null) await saveSite(desk, { ...site, settings: { kinds: [...COMPANY_KINDS] } }, today)
  const [activity, companies, days, totals] = await counters.batch<StoredRow>([
    counters.prepare('SELECT * FROM company_activity WHERE site_id = ?1').bind(CANARY),
    counters.prepare('SELECT * FROM companies WHERE site_id = ?1').bind(CANARY),
    counters.prepare('SELECT * FROM company_day WHERE site_id = ?1').bind(CANARY),
    counters.prepare('SELECT * FROM site_totals WHERE site_id = ?1').bind(CANARY),
  ])
  const ledger = [activity, companies, days].flatMap((each) => each?.results ?? [])
  return { origin: `https://${host}`, ledger, totals: totals?.results ?? [] }
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

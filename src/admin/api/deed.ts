import { type ALL_SITES, type AuditAction, auditEntry, fillIn, minuteOf } from '../../ledger/desk/audit.ts'
import type { SiteId } from '../../words.ts'
import { HEX } from '../house.ts'
import type { Call } from './route.ts'

/** Who does something that the audit log records. */
export type Doer = Pick<Call<unknown, unknown, unknown, unknown>, 'desk' | 'house' | 'now' | 'principal'>

export interface Deed {
  readonly action: AuditAction
  readonly site: SiteId | typeof ALL_SITES
  /** Words from closed lists. */
  readonly detail: string
}

/** Writes the entry, and hands back what fills in how many rows it came to. */
export async function begin({ desk, house, now, principal }: Doer, deed: Deed): Promise<(rows: number) => Promise<void>> {
  const id = HEX(house.random(8))
  const entry = { ...deed, minute: minuteOf(now), actor: principal.name, rows: 0 }
  await auditEntry(desk, id, entry).run()
  return (rows) => fillIn(desk, id, entry, rows)
}

/** Does it between the two. */
export async function recorded<T>(doer: Doer, deed: Deed, work: () => Promise<T>, rowsOf: (done: T) => number = () => 1): Promise<T> {
  const fill = await begin(doer, deed)
  const done = await work()
  await fill(rowsOf(done))
  return done
}

import type { Batch } from './batch.ts'
import { isEmpty, partOf } from './batch.ts'
import type { HotPages } from './company-day.ts'
import { writeBatches } from './write.ts'

/**
 * The ledger over several D1 databases: bindings `DB`, `DB2`, `DB3` … The first also holds everything that is not
 * counters (sites, rules, tokens …). A site's ledger is in one of them, so no answer ever needs two (P8).
 *
 * Which one follows from the site's id alone, by rendezvous hashing: of N databases the one whose hash with the site
 * is highest. One more database takes 1/(N + 1) of the sites, all others stay where they are. A site that moves leaves its past
 * behind; docs/scaling.md says how it is taken along.
 */
export interface Shards {
  /** Sites, rules, tokens: what there is once. */
  readonly primary: D1Database
  readonly all: readonly D1Database[]
  /** The database of a site's counters. */
  of(siteId: string): D1Database
}

export function shardsOf(env: { readonly DB: D1Database }): Shards {
  const bindings = new Map<string, unknown>(Object.entries(env))
  const all = [env.DB]
  for (let binding = bindings.get('DB2'); isDatabase(binding); binding = bindings.get(`DB${all.length + 1}`)) all.push(binding)
  return shardsOver(all, env.DB)
}

export function shardsOver(all: readonly D1Database[], primary: D1Database): Shards {
  return {
    primary,
    all,
    of(siteId) {
      return all[placeOf(siteId, all.length)] ?? primary
    },
  }
}

/** Place of a site among `count` databases. */
export function placeOf(siteId: string, count: number): number {
  let best = 0
  let highest = -1
  for (let place = 0; place < count; place += 1) {
    const score = hash(`${siteId} ${place}`)
    if (score > highest) {
      highest = score
      best = place
    }
  }
  return best
}

/** Writes each database its part of the batches, under the same ids: what one has already written it does not write again. */
export async function writeToShards({ all, of }: Shards, batches: readonly Batch[], hot: HotPages): Promise<void> {
  for (const db of all) {
    const parts = all.length === 1 ? batches : batches.map((batch) => partOf(batch, (site) => of(site) === db))
    await writeBatches(
      db,
      parts.filter((part) => !isEmpty(part)),
      hot,
    )
  }
}

/** FNV-1a with the finish of MurmurHash3: short ids that differ in one character must not stay neighbours. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

function isDatabase(binding: unknown): binding is D1Database {
  return typeof binding === 'object' && binding !== null && 'prepare' in binding && 'batch' in binding
}

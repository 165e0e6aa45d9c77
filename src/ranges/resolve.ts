/**
 * The narrow door of the range table: an address goes in, a company or nobody comes out.
 *
 * Never throws, because nothing an event meets here may lose it, and never says more than the closed set of
 * reasons below: an exception's text could carry the address (P2). Whatever goes wrong with the table, the answer
 * is nobody, never somebody else.
 *
 * The version before answers when a value of the current one cannot be used.
 */
import type { CompanyRecord } from '../words.ts'
import { type Family, forgetAddress, parseAddress } from './address.ts'
import type { ValueFault } from './faults.ts'
import type { TableVersion } from './pointer.ts'
import { lookupParsed, shardIndex } from './shard.ts'
import type { RangeStore } from './store.ts'

/** Why there is no company: nobody is listed there, or what could not be used (`shard-missing`, `table-unreachable` …). */
export type Nobody = 'unlisted' | 'not-an-address' | `${'table' | 'shard' | 'pack'}-${ValueFault}`

export type Resolution = { readonly found: true; readonly company: CompanyRecord } | { readonly found: false; readonly why: Nobody }

const nobody = (why: Nobody): Resolution => ({ found: false, why })

/** The company whose range holds `address`; the receipt names the table version that said so. */
export async function resolve(address: string, store: RangeStore): Promise<Resolution> {
  try {
    const family = parseAddress(address)
    forgetAddress()
    if (family === 0) return nobody('not-an-address')
    const versions = await store.versions()
    if (typeof versions === 'string') return nobody(`table-${versions}`)
    let first: Resolution | null = null
    for (const table of versions) {
      const answer = await ask(table, address, family, store)
      if (answer.found || answer.why === 'unlisted') return answer
      first ??= answer
    }
    return first ?? nobody('table-missing')
  } catch {
    forgetAddress()
    return nobody('table-unreachable')
  }
}

async function ask(table: TableVersion, address: string, family: Family, store: RangeStore): Promise<Resolution> {
  // The words of a parsed address live in one place, and other requests parse theirs while this one waits for KV: before
  // every await the address is forgotten, for this request may end there, and after it parsed again.
  parseAddress(address)
  const index = shardIndex(table.cuts[family], family)
  let shard = index < 0 ? undefined : store.heldShard(table, family, index)
  if (shard === undefined) {
    forgetAddress()
    if (index < 0) return nobody('unlisted')
    const read = await store.shard(table, family, index)
    if (typeof read === 'string') return nobody(`shard-${read}`)
    shard = read
    parseAddress(address)
  }
  const id = lookupParsed(shard)
  forgetAddress()
  if (id === 0) return nobody('unlisted')
  const company = await store.company(table, id)
  return typeof company === 'string' ? nobody(`pack-${company}`) : { found: true, company }
}

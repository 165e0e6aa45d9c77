/** The default range table, as `npm start` publishes it, and addresses of which it is known whom they belong to. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { encodePointer, POINTER_KEY, versionPrefix } from '../../../compile/pointer.ts'
import { SITE_DEFAULTS } from '../../../ledger/settings.ts'
import { resolve } from '../../../ranges/resolve.ts'
import { openRangeStore } from '../../../ranges/store.ts'
import { buildTable } from '../../ranges/build.ts'
import { sequence } from '../figure.ts'

export interface LoadTable {
  /** Key → value, the pointer included: what a publish leaves in KV. */
  readonly values: ReadonlyMap<string, Uint8Array>
  /** Addresses of companies that a site with the default settings shows. */
  readonly listed: readonly string[]
  /** Addresses of everybody else. */
  readonly others: readonly string[]
}

export async function loadTable(count: { readonly listed: number; readonly others: number }): Promise<LoadTable> {
  const { description, files } = await buildTable()
  const values = new Map([...files].map(([name, bytes]) => [versionPrefix(description.version) + name, bytes]))
  values.set(POINTER_KEY, encodePointer(description, null, new Date()))
  const store = openRangeStore({ get: async (key) => buffer(values.get(key)) }, Date.now)
  const listed: string[] = []
  const others: string[] = []
  for (const address of addresses()) {
    const { found, ...answer } = await resolve(address, store)
    const shown = found && 'company' in answer && SITE_DEFAULTS.kinds.some((kind) => kind === answer.company.kind)
    const wanted = shown ? listed : others
    if (wanted.length < (shown ? count.listed : count.others)) wanted.push(address)
    if (listed.length >= count.listed && others.length >= count.others) break
  }
  return { values, listed, others }
}

/** First addresses of announced networks, drawn by a seed: three of four IPv4. */
function* addresses(): Generator<string> {
  const next = sequence(20_261_121)
  const require = createRequire(import.meta.url)
  const firsts = ([4, 6] as const).map((family) =>
    readFileSync(require.resolve(`@ip-location-db/asn/asn-ipv${family}.csv`), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.slice(0, line.indexOf(','))),
  )
  for (;;) {
    const from = firsts[next() % 4 === 0 ? 1 : 0] ?? []
    yield from[next() % from.length] ?? ''
  }
}

function buffer(bytes: Uint8Array | undefined): ArrayBuffer | null {
  return bytes === undefined ? null : (bytes.slice().buffer as ArrayBuffer)
}

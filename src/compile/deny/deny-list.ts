/**
 * Deny lists: networks that never name a company, whatever speaks for them, because the people behind them are somebody
 * else's (customers of a host, users of a VPN, the staff of a gateway's clients, members of a research network).
 *
 * Each file in `data/deny/` is a list of its own, and so is every file given with `--deny`: CSV or text with an AS
 * number, a CIDR, a range or a name in each line, or the JSON in which clouds publish their ranges.
 */
import { readdirSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nameKey } from '../names/words.ts'
import { readDenyFile } from './deny-file.ts'

export const DENY_LISTS = fileURLToPath(new URL('../../../data/deny/', import.meta.url))

export interface Denied {
  /** Name of the list: `hosting`, `gateways`. */
  readonly list: string
  /** Who that is, where the list says so. */
  readonly who: string
}

export interface DenyBook {
  network(asn: number): Denied | null
  name(name: string): Denied | null
  /** Ranges as text, inclusive; whatever lies in one is nobody's. */
  readonly ranges: readonly DeniedRange[]
  readonly files: readonly string[]
}

export interface DeniedRange extends Denied {
  readonly first: string
  readonly last: string
  readonly file: string
  readonly line: number
}

/** Denies nobody: for `--without-deny`, which shows how far the other rules carry by themselves. */
export const NO_DENY: DenyBook = { network: () => null, name: () => null, ranges: [], files: [] }

/** The lists that ship with the project, and more files. @throws SourceError naming file and line. */
export function openDenyBook(more: readonly string[] = [], folder: string = DENY_LISTS): DenyBook {
  const own = readdirSync(folder)
    .filter((name) => name.endsWith('.csv') || name.endsWith('.txt'))
    .sort()
  const files = [...own.map((name) => join(folder, name)), ...more]
  const numbers = new Map<number, Denied>()
  const names = new Map<string, Denied>()
  const ranges: DeniedRange[] = []
  for (const file of files) {
    const list = basename(file, extname(file))
    for (const entry of readDenyFile(file)) {
      const denied = { list, who: entry.who }
      if (entry.asn !== null) numbers.set(entry.asn, denied)
      else if (entry.name !== null) names.set(nameKey(entry.name), denied)
      else ranges.push({ ...denied, first: entry.first, last: entry.last, file: basename(file), line: entry.line })
    }
  }
  return {
    network: (asn) => numbers.get(asn) ?? null,
    // `City of Ammon, Idaho` is `City of Ammon`.
    name: (name) => names.get(nameKey(name)) ?? names.get(nameKey(name.split(',')[0] ?? '')) ?? null,
    ranges,
    files,
  }
}

/**
 * What changed between two builds: companies that came and went, and addresses gained, lost, and moved from one
 * company to another. IPv4 in addresses, IPv6 in /56 networks.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Segments } from '../../compile/flatten.ts'
import { addSizes } from '../../compile/sizes.ts'
import { BuildMissing } from './folder.ts'
import { type Listing, readListing } from './listing.ts'

export interface Amount {
  v4Addresses: number
  v6Networks: number
}

export interface TableDiff {
  readonly companies: { readonly gained: readonly string[]; readonly lost: readonly string[] }
  /** Addresses that were nobody's, are nobody's now, or belong to another company now. */
  readonly addresses: { readonly gained: Amount; readonly lost: Amount; readonly moved: Amount }
}

export function diffBuilds(out: string, before: string, after: string): TableDiff {
  const keys: string[] = ['']
  const ids = new Map<string, number>()
  const idOf = (key: string): number => {
    const known = ids.get(key)
    if (known !== undefined) return known
    ids.set(key, keys.length)
    return keys.push(key) - 1
  }
  return diffListings(read(out, before, idOf), read(out, after, idOf), keys)
}

function read(out: string, version: string, idOf: (key: string) => number): Listing {
  try {
    return readListing(readFileSync(join(out, version, 'listing.tsv'), 'utf8'), idOf)
  } catch {
    throw new BuildMissing(`version ${version} is not in ${out}; "npm run ranges -- versions" shows what is`)
  }
}

/** Kinds of change, as ids of a segment line. */
const GAINED = 1
const LOST = 2
const MOVED = 3

function diffListings(before: Listing, after: Listing, keys: readonly string[]): TableDiff {
  const v4 = new Float64Array(4)
  const v6 = new Float64Array(4)
  addSizes(changes(before.v4, after.v4), v4)
  addSizes(changes(before.v6, after.v6), v6)
  const amount = (kind: number): Amount => ({ v4Addresses: v4[kind] ?? 0, v6Networks: Math.floor(v6[kind] ?? 0) })
  const was = companiesOf(before)
  const is = companiesOf(after)
  const only = (ids: Set<number>, others: Set<number>): string[] =>
    [...ids]
      .filter((id) => !others.has(id))
      .map((id) => keys[id] ?? '')
      .sort()
  return {
    companies: { gained: only(is, was), lost: only(was, is) },
    addresses: { gained: amount(GAINED), lost: amount(LOST), moved: amount(MOVED) },
  }
}

const companiesOf = ({ v4, v6 }: Listing): Set<number> => new Set([...v4.ids, ...v6.ids].filter((id) => id > 0))

/** Walks two lines of the same family side by side; the result's ids say what happened to each stretch. */
function changes(before: Segments, after: Segments): Segments {
  const words = before.family === 4 ? 1 : 4
  const starts = new Uint32Array((before.count + after.count) * words)
  const ids = new Uint32Array(before.count + after.count)
  let count = 0
  let left = 0
  let right = 0
  for (;;) {
    // Both lines begin at address 0; the stretch begins where the later of the two current segments does.
    const [from, at] = isBefore(before, left, after, right) ? [after, right] : [before, left]
    for (let word = 0; word < words; word++) starts[count * words + word] = from.starts[at * words + word] ?? 0
    ids[count++] = changeOf(before.ids[left] ?? 0, after.ids[right] ?? 0)
    const moreLeft = left + 1 < before.count
    const moreRight = right + 1 < after.count
    if (!moreLeft && !moreRight) break
    const order = !moreRight ? -1 : !moreLeft ? 1 : compare(before, left + 1, after, right + 1)
    if (order <= 0) left++
    if (order >= 0) right++
  }
  return { family: before.family, count, starts: starts.slice(0, count * words), ids: ids.slice(0, count) }
}

function changeOf(was: number, is: number): number {
  if (was === is) return 0
  if (was === 0) return GAINED
  return is === 0 ? LOST : MOVED
}

const isBefore = (a: Segments, i: number, b: Segments, j: number): boolean => compare(a, i, b, j) < 0

function compare(a: Segments, i: number, b: Segments, j: number): number {
  const words = a.family === 4 ? 1 : 4
  for (let word = 0; word < words; word++) {
    const difference = (a.starts[i * words + word] ?? 0) - (b.starts[j * words + word] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

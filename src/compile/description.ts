/**
 * What a table is, without its bytes: the manifest on disk, and the greater part of the pointer in KV.
 *
 * The version is the SHA-256 of everything in here, and everything in here is made of content: no clock, no path,
 * no machine. Same sources, same version, on any day (P10). Because the hash of every file is a part of it, whoever
 * has the files can compute the version again and knows that not one byte differs.
 */
import { createHash } from 'node:crypto'
import type { CompanyKind } from '../words.ts'
import type { SourceFacts } from './sources/source.ts'

export interface TableCounts {
  readonly companies: number
  readonly kinds: Readonly<Partial<Record<CompanyKind, number>>>
  /** Maximal runs of addresses with the same answer, gaps included. */
  readonly segments: number
  /** Those of them that name a company. */
  readonly ranges: number
  readonly v4Addresses: number
  /** In /56 networks. */
  readonly v6Networks: number
  readonly bytes: number
}

export interface TableDescription {
  /** SHA-256 in hex. */
  readonly version: string
  /** First address of every shard (see `Cuts` in `ranges/format.ts`). */
  readonly cuts: { readonly 4: readonly number[]; readonly 6: readonly number[] }
  /** Company ids per pack. */
  readonly packSize: number
  readonly counts: TableCounts
  readonly sources: readonly SourceFacts[]
  /** Keys of renamed companies: old → new. */
  readonly aliases: Readonly<Record<string, string>>
  /** SHA-256 in hex of each KV value, by the part of its key after the version: `4:00`, `6:03`, `c:00`. */
  readonly files: Readonly<Record<string, string>>
}

/** The part of a KV key after the version. */
export const fileName = (group: '4' | '6' | 'c', index: number): string => `${group}:${String(index).padStart(2, '0')}`

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** The version that belongs to a description. */
export function versionOf(description: Omit<TableDescription, 'version'>): string {
  const { cuts, packSize, counts, sources, aliases, files } = description
  return sha256(canonical({ cuts, packSize, counts, sources, aliases, files }))
}

/** JSON with sorted keys, so that a description read back from anywhere gives the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}

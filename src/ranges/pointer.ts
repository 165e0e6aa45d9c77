/**
 * The pointer `ranges:current` as the Worker reads it: which version serves, where its shards are cut, and where
 * its data come from. Parsed with zod/mini because every isolate pays for what it loads.
 *
 * A pointer that does not fit is treated like no pointer: the version in memory keeps serving.
 */
import * as z from 'zod/mini'
import type { Family } from './address.ts'
import type { Cuts } from './format.ts'

export const POINTER_KEY = 'ranges:current'

const count = z.number().check(z.nonnegative())
const cuts = z.array(count).check(
  z.maxLength(256),
  z.refine((numbers) => numbers.every((cut, index) => index === 0 || cut > (numbers[index - 1] ?? cut)), 'cuts ascend'),
)

const Source = z.object({
  name: z.string(),
  version: z.string(),
  licence: z.string(),
  url: z.string(),
  attribution: z.string(),
  credits: z.array(z.object({ text: z.string(), url: z.string() })),
  date: z.iso.date(),
})

const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/))

const description = {
  version: sha256,
  cuts: z.object({ 4: cuts, 6: cuts }),
  packSize: z.int().check(z.positive()),
  counts: z.object({
    companies: count,
    kinds: z.record(z.string(), count),
    segments: count,
    ranges: count,
    v4Addresses: count,
    v6Networks: count,
    bytes: count,
  }),
  sources: z.array(Source),
  aliases: z._default(z.record(z.string(), z.string()), {}),
  files: z.record(z.string(), sha256),
}

const Description = z.object(description)
const Pointer = z.object({ ...description, created: z.iso.datetime(), previous: z.nullable(Description) })

/** One version of the range table: all that is needed to find its values. */
export interface TableVersion {
  readonly version: string
  readonly cuts: { readonly 4: Cuts; readonly 6: Cuts }
  readonly packSize: number
  readonly counts: {
    readonly companies: number
    /** Companies of each kind. */
    readonly kinds: Readonly<Record<string, number>>
    readonly segments: number
    readonly ranges: number
    readonly v4Addresses: number
    readonly v6Networks: number
    readonly bytes: number
  }
  readonly sources: readonly TableSource[]
  /** Keys of renamed companies: old → new. */
  readonly aliases: Readonly<Record<string, string>>
  /** SHA-256 in hex of every value, by the part of its key after the version. */
  readonly files: Readonly<Record<string, string>>
}

/** A source, with the text and links that its licence asks to be shown beside results. */
export type TableSource = Readonly<z.infer<typeof Source>>

export interface TablePointer extends TableVersion {
  /** When the pointer was moved to this version, ISO 8601. */
  readonly created: string
  readonly previous: TableVersion | null
}

/** Null when `value` is no pointer. Never throws. */
export function readPointer(value: unknown): TablePointer | null {
  const pointer = Pointer.safeParse(value)
  return pointer.success ? pointer.data : null
}

/** Name of a shard within its version. */
export const shardName = (family: Family, index: number): string => `${family}:${twoDigits(index)}`

/** Name of the pack that holds the company with this id, within its version. */
export const packName = (packSize: number, id: number): string => `c:${twoDigits(Math.floor((id - 1) / packSize))}`

/** KV key of a value of a version. */
export const valueKey = (version: string, name: string): string => `ranges:${version}:${name}`

const twoDigits = (index: number): string => String(index).padStart(2, '0')

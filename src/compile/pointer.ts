/**
 * The one mutable KV value, `ranges:current`: which version serves, and which one served before.
 *
 * The version before is described in full, so that a rollback is one write, and so that the Worker can fall back
 * on it without another read when a shard of the new version turns out to be broken.
 */
import * as z from 'zod'
import { COMPANY_KINDS } from '../words.ts'
import type { TableDescription } from './description.ts'
import type { SourceFacts } from './sources/source.ts'

export const POINTER_KEY = 'ranges:current'
/** Everything of one version lies under this prefix. */
export const versionPrefix = (version: string): string => `ranges:${version}:`

export interface Pointer extends TableDescription {
  /** When the pointer was moved here, ISO 8601. Not a part of the version: the only clock in all of this. */
  readonly created: string
  readonly previous: TableDescription | null
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().nonnegative()
const cuts = z.array(z.number().nonnegative())

const Source: z.ZodType<SourceFacts> = z.object({
  name: z.string(),
  version: z.string(),
  licence: z.string(),
  url: z.string(),
  attribution: z.string(),
  credits: z.array(z.object({ text: z.string(), url: z.string() })),
  date: z.iso.date(),
  sha256,
  files: z.array(z.string()),
  acceptedTerms: z.optional(z.string()),
})

const description = {
  version: sha256,
  cuts: z.object({ 4: cuts, 6: cuts }),
  packSize: z.int().positive(),
  counts: z.object({
    companies: count,
    kinds: z.partialRecord(z.enum(COMPANY_KINDS), count),
    segments: count,
    ranges: count,
    v4Addresses: count,
    v6Networks: count,
    bytes: count,
  }),
  sources: z.array(Source),
  aliases: z.record(z.string(), z.string()),
  files: z.record(z.string().regex(/^[46c]:\d{2,}$/), sha256),
}

export const Description = z.object(description)
const PointerShape = z.object({ ...description, created: z.iso.datetime(), previous: z.nullable(Description) })

export const encodePointer = (table: TableDescription, previous: TableDescription | null, now: Date): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(
    JSON.stringify({ ...bare(table), created: now.toISOString(), previous: previous === null ? null : bare(previous) }),
  )

/** Null for bytes that are no pointer: whatever they are, they do not stop the next publish. */
export function decodePointer(bytes: Uint8Array): Pointer | null {
  try {
    const pointer = PointerShape.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    return pointer.success ? pointer.data : null
  } catch {
    return null
  }
}

/** A description without what a pointer adds to it. */
function bare({ version, cuts, packSize, counts, sources, aliases, files }: TableDescription): TableDescription {
  return { version, cuts, packSize, counts, sources, aliases, files }
}

/**
 * What every source of ranges looks like to the compiler: facts about it, and its rows one after the other.
 *
 * An adapter streams: a file of millions of rows never sits in memory, and every error names the file and the
 * line, because the person who reads it has to find the row.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { CompanyKind } from '../../words.ts'

/**
 * What a vendor or a register calls the user of a network, in our words; `network-types.ts` has each vendor's own.
 * It is a hint with a confidence of its own (`evidence`), never the kind of a company by itself.
 */
export const NETWORK_TYPES = [
  'business', 'government', 'military', 'education', 'research', 'library', 'nonprofit',
  'isp', 'mobile', 'residential', 'hosting', 'content', 'vpn', 'guest', 'infrastructure',
] as const // biome-ignore format: organisations in the first line, networks that carry others in the second
export type NetworkType = (typeof NETWORK_TYPES)[number]

export type NetworkStatus = 'allocated' | 'assigned' | 'legacy'

/** What a source may say of the organisation itself. Missing, null or '' each mean that the source does not say. */
export interface CompanyFacts {
  /** ISO 3166-1 alpha-2 in capitals: the seat, or where the network is registered; never the visitor's place. */
  readonly country?: string | null
  readonly domain?: string | null
  /** Legal name as a register has it, where the source tells it apart from `name`. */
  readonly organisation?: string | null
  readonly type?: NetworkType | null
  /** The vendor's own word for the type, for `inspect`. */
  readonly typeAsSaid?: string | null
  /** Short name of the network in a register (`netname`, `as-name`): `BMW-NET-DYNAMIC`. Name vetoes read it too. */
  readonly handle?: string | null
  /** Free text of a register (`descr`), lines joined by ` | `. Name vetoes read it too; it is never shown. */
  readonly description?: string | null
  /** `allocated`: the holder is mostly a provider that hands it on. `assigned`: the holder uses it. */
  readonly status?: NetworkStatus | null
  readonly city?: string | null
  readonly postcode?: string | null
  readonly lei?: string | null
  /** Number in a public register with its register in front: `DE:HRB 42243`. */
  readonly registerId?: string | null
  readonly legalForm?: string | null
  readonly industry?: string | null
  /** Size band, `201-500` or `10001+`. */
  readonly employees?: string | null
  /** Only own lists: the operator's word for the kind, one of `COMPANY_KINDS`. */
  readonly kind?: CompanyKind | null
}

/** One row as the source has it; `first` and `last` are inclusive and still text. */
export interface SourceRow extends CompanyFacts {
  readonly first: string
  readonly last: string
  /** 0 where the source names no AS (registers, company databases, own ranges). */
  readonly asn: number
  /** Name of the AS or of the holder, as the source has it. */
  readonly name: string
  readonly file: string
  /** In a file without lines (MMDB) the number of the row. */
  readonly line: number
}

/** What a source says of a whole autonomous system: it holds for each range that a routing source gives that AS. */
export interface AsRow extends CompanyFacts {
  readonly asn: number
  readonly name: string
  readonly file: string
  readonly line: number
}

/**
 * As whom a source speaks, which decides how its rows are evidence.
 * `operator`: the operator's own list. `vendor`: a database that says whose network it is, with a `type` where it has one.
 * `register`: what the holder told a registry. `routing`: who announces a range, no more. `categories`: labels of
 * autonomous systems. `statistics`: who was given what, without names: country and status of a range, never a company
 * and never a hole in one.
 */
export type SourceRole = 'operator' | 'vendor' | 'register' | 'routing' | 'categories' | 'statistics'

/** What the manifest, the receipts and the pages say about a source. */
export interface SourceFacts {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly url: string
  /** Sentence that the licence asks for, to be shown wherever results are shown. */
  readonly attribution: string
  /** Links that belong to the attribution. */
  readonly credits: readonly { readonly text: string; readonly url: string }[]
  /** Date of the data, `YYYY-MM-DD`. */
  readonly date: string
  /** SHA-256 of the files' bytes in the order of `files`: `cat <files> | sha256sum` gives the same. */
  readonly sha256: string
  readonly files: readonly string[]
  /** The term that the operator accepted with `--accept-terms`, where the source has one; stands in the manifest. */
  readonly acceptedTerms?: string | undefined
}

/** Rows of a source that mean nothing, counted by problem. */
export interface Skipped {
  readonly problem: string
  readonly rows: number
  /** Where the first of them stands. */
  readonly file: string
  readonly line: number
}

export interface RangeSource {
  readonly role: SourceRole
  /**
   * Rows of this source that the progress bar may expect; null when only the file's end will tell. A guess from bytes
   * that gets better while rows are read, so ask again at every report.
   */
  readonly expectedRows: number | null
  facts(): Promise<SourceFacts>
  rows(): AsyncIterable<SourceRow>
  /** What it says of whole autonomous systems; to be read before any source's rows. Missing = nothing. */
  networks?(): AsyncIterable<AsRow>
  /** Rows that were left out because they mean nothing (only of files that nobody here can mend), after reading. */
  skipped?(): readonly Skipped[]
}

/** A source that cannot be used: the message begins with file and line, and `npm run ranges` prints it as it is. */
export class SourceError extends Error {
  readonly file: string
  readonly line: number | null

  constructor(file: string, line: number | null, problem: string) {
    super(line === null ? `${file}: ${problem}` : `${file}:${line}: ${problem}`)
    this.name = 'SourceError'
    this.file = file
    this.line = line
  }
}

/** SHA-256 of the bytes of `paths`, one after the other, in hex. */
export async function hashFiles(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const path of paths) {
    try {
      for await (const chunk of createReadStream(path)) hash.update(chunk)
    } catch {
      throw new SourceError(path, null, 'cannot be read')
    }
  }
  return hash.digest('hex')
}

/**
 * What every source of ranges looks like to the compiler: facts about it, and its rows one after the other.
 *
 * An adapter streams: a file of millions of rows never sits in memory, and every error names the file and the
 * line, because the person who reads it has to find the row.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** One row as the source has it; `first` and `last` are inclusive and still text. */
export interface SourceRow {
  readonly first: string
  readonly last: string
  readonly asn: number
  readonly name: string
  readonly file: string
  readonly line: number
}

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
}

export interface RangeSource {
  /** Rows of this source that the progress bar may expect; null when only the file's end will tell. */
  readonly expectedRows: number | null
  facts(): Promise<SourceFacts>
  rows(): AsyncIterable<SourceRow>
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

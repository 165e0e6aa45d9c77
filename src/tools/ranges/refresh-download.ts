/**
 * Downloads one source into the cache: asks only for what changed, reads the new files from their first row to their
 * last before they count, and leaves the version before in place whenever anything is not as it should be.
 *
 * A server's word is not enough: a release may be cut short, replaced by a page that says "sorry", or built wrong.
 */
import { createWriteStream, existsSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Cached, cachedPaths, readCached, writeCached } from '../../compile/sources/cache.ts'
import { lastChange } from '../../compile/sources/file-facts.ts'
import { openFiles } from '../../compile/sources/open-source.ts'
import { hashFiles, SourceError } from '../../compile/sources/source.ts'
import type { SourceEntry } from '../../compile/sources/source-entry.ts'

export interface DownloadOptions {
  readonly cache: string
  readonly acceptedTerms: readonly string[]
  /** Today, `YYYY-MM-DD`: the date of data whose server does not say how old they are. */
  readonly today: string
  readonly fetch: typeof fetch
  /** Called with bytes of one file; `of` is null when the server does not say. */
  readonly progress: (file: string, bytes: number, of: number | null) => void
}

export type Download =
  | { readonly name: string; readonly status: 'new' | 'unchanged'; readonly cached: Cached }
  | { readonly name: string; readonly status: 'failed'; readonly problem: string }

/** No source of ranges is larger; a server that sends more sends something else. */
const MOST_BYTES = 4 * 1024 ** 3
/** A server that sends nothing for so long is not there. */
const PATIENCE_MS = 120_000
/** Fewer than this share of the rows of last time is an accident until somebody has looked. */
const LEAST_SHARE = 0.5

class DownloadFailed extends Error {}

export async function downloadSource(entry: SourceEntry, options: DownloadOptions): Promise<Download> {
  const { name, download: urls = [] } = entry
  const beside = join(options.cache, name, `.unfinished-${process.pid}`)
  try {
    const before = readCached(options.cache, name)
    rmSync(beside, { recursive: true, force: true })
    mkdirSync(beside, { recursive: true })
    const fetched: Fetched[] = []
    for (const [index, url] of urls.entries())
      fetched.push(await fetchFile(url, beside, heldFile(options.cache, name, before, index, url), options))
    if (before !== null && fetched.every(({ unchanged }) => unchanged)) return { name, status: 'unchanged', cached: before }
    return { name, status: 'new', cached: await keep(entry, fetched, before, beside, options) }
  } catch (error) {
    // A SourceError or our own sentence; what the network says echoes addresses, so only its code is kept.
    const problem =
      error instanceof SourceError || error instanceof DownloadFailed ? error.message : `the download failed (${codeOf(error)})`
    return { name, status: 'failed', problem }
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

interface Fetched {
  readonly file: string
  readonly path: string
  readonly tag: string | null
  /** Day of the server's last change. */
  readonly date: string | null
  readonly unchanged: boolean
}

/** The file of the version before, when it came from the same address and the server gave it a tag. */
function heldFile(
  cache: string,
  name: string,
  before: Cached | null,
  index: number,
  url: string,
): { path: string; tag: string; date: string } | null {
  const tag = before?.urls[index] === url ? before.tags[index] : null
  const path = before === null ? undefined : cachedPaths(cache, name, before)[index]
  return before === null || !tag || path === undefined ? null : { path, tag, date: before.date }
}

async function fetchFile(url: string, folder: string, held: ReturnType<typeof heldFile>, options: DownloadOptions): Promise<Fetched> {
  const file = basename(new URL(url).pathname)
  if (!/^[\w.-]+$/.test(file)) throw new DownloadFailed(`${url} ends with no file name`)
  const path = join(folder, file)
  if (existsSync(path)) throw new DownloadFailed(`two downloads are called ${file}`)
  const stop = new AbortController()
  let timer = setTimeout(() => stop.abort(), PATIENCE_MS)
  try {
    const response = await options.fetch(url, { signal: stop.signal, ...(held && { headers: { 'If-None-Match': held.tag } }) })
    if (response.status === 304 && held !== null) {
      linkSync(held.path, path)
      return { file, path, tag: held.tag, date: held.date, unchanged: true }
    }
    if (!response.ok || response.body === null) throw new DownloadFailed(`${url} answers ${response.status}`)
    // A redirect may lead to another host, but not out of https.
    if (url.startsWith('https:') && !response.url.startsWith('https:')) throw new DownloadFailed(`${url} leads out of https`)
    const length = response.headers.get('content-encoding') === null ? response.headers.get('content-length') : null
    const expected = length === null ? null : Number(length)
    let bytes = 0
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        clearTimeout(timer)
        timer = setTimeout(() => stop.abort(), PATIENCE_MS)
        bytes += chunk.length
        options.progress(file, bytes, expected)
        done(bytes > MOST_BYTES ? new DownloadFailed(`${url} sends more than ${MOST_BYTES} bytes`) : null, chunk)
      },
    })
    await pipeline(chunksOf(response.body.getReader()), count, createWriteStream(path))
    if (expected !== null && bytes !== expected) throw new DownloadFailed(`${url} ended after ${bytes} of ${expected} bytes`)
    if (bytes === 0) throw new DownloadFailed(`${url} is empty`)
    return { file, path, tag: response.headers.get('etag'), date: dayOf(response.headers.get('last-modified')), unchanged: false }
  } finally {
    clearTimeout(timer)
  }
}

interface Chunks {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
}

async function* chunksOf(body: Chunks): AsyncGenerator<Uint8Array> {
  for (let part = await body.read(); !part.done; part = await body.read()) if (part.value) yield part.value
}

/** Verifies what was fetched and makes it the current version. */
async function keep(
  entry: SourceEntry,
  fetched: readonly Fetched[],
  before: Cached | null,
  beside: string,
  options: DownloadOptions,
): Promise<Cached> {
  const rows = await countRows(entry, fetched, options)
  const least = Math.max(entry.least_rows ?? 1, Math.ceil((before?.rows ?? 0) * LEAST_SHARE))
  if (rows < least) throw new DownloadFailed(`has ${rows} rows, and fewer than ${least} are not believed`)
  const paths = fetched.map(({ path }) => path)
  const sha256 = await hashFiles(paths)
  const dates = fetched.map(({ date }) => date ?? options.today).sort()
  const cached: Cached = {
    version: sha256.slice(0, 12),
    files: fetched.map(({ file }) => file),
    sha256,
    date: dates[0] ?? lastChange(paths),
    rows,
    tags: fetched.map(({ tag }) => tag),
    urls: [...(entry.download ?? [])],
  }
  const folder = join(options.cache, entry.name, cached.version)
  if (existsSync(folder)) rmSync(folder, { recursive: true })
  renameSync(beside, folder)
  writeCached(options.cache, entry.name, cached)
  if (before !== null && before.version !== cached.version)
    rmSync(join(options.cache, entry.name, before.version), { recursive: true, force: true })
  return cached
}

/** Reads everything once, so that a file which breaks in its last row is found here and not in the build. */
async function countRows(entry: SourceEntry, fetched: readonly Fetched[], { acceptedTerms }: DownloadOptions): Promise<number> {
  for (const { path, file } of fetched) if (statSync(path).size < 2) throw new DownloadFailed(`${file} is empty`)
  const source = openFiles(
    entry,
    fetched.map(({ path }) => path),
    {},
    { acceptedTerms },
  )
  let rows = 0
  if (source.networks) for await (const _row of source.networks()) rows++
  for await (const _row of source.rows()) rows++
  return rows
}

const dayOf = (header: string | null): string | null => {
  const time = header === null ? Number.NaN : Date.parse(header)
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10)
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const cause = error.cause instanceof Error ? error.cause : error
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}

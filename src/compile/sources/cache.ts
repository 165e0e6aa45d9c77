/**
 * Where downloaded sources are kept: outside the repository, one folder a source, one folder in it a version.
 *
 * `current.json` says which version counts. It is written last and whole, so a refresh that is interrupted leaves the
 * version before.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'

/** `DOORPLATE_CACHE`, else the user's cache folder (XDG Base Directory). */
export const CACHE = process.env.DOORPLATE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'doorplate')

const Cached = z.object({
  /** Folder of the version, inside the source's. */
  version: z.string().regex(/^[0-9a-f]{12}$/),
  files: z.array(z.string().regex(/^[^/\\]+$/)).min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Day of the data: of the server's last change where it says so, else of the download. */
  date: z.iso.date(),
  rows: z.number(),
  /** What the server calls each file, to ask next time whether it has another. */
  tags: z.array(z.nullable(z.string())),
  urls: z.array(z.string()),
})
export type Cached = z.infer<typeof Cached>

/** The downloaded version of a source, null when there is none or a file of it is gone. */
export function readCached(cache: string, name: string): Cached | null {
  try {
    const cached = Cached.parse(JSON.parse(readFileSync(join(cache, name, 'current.json'), 'utf8')))
    return cachedPaths(cache, name, cached).every((path) => existsSync(path)) ? cached : null
  } catch {
    return null
  }
}

export const cachedPaths = (cache: string, name: string, { version, files }: Cached): string[] =>
  files.map((file) => join(cache, name, version, file))

export function writeCached(cache: string, name: string, cached: Cached): void {
  const folder = join(cache, name)
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'current.json')
  writeFileSync(`${file}.new`, `${JSON.stringify(cached, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

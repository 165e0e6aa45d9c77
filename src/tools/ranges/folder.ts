/**
 * Builds on disk: `<out>/<version>/` with one file per KV value, the manifest, the listing and the report, and
 * `<out>/latest.json`, which says what the newest was made of.
 *
 * No file but `latest.json` ever changes, and none holds a clock: building twice gives the same bytes. A build is
 * written beside and renamed, so that a folder named after a version is always whole.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { sha256, type TableDescription, versionOf } from '../../compile/description.ts'
import { Description } from '../../compile/pointer.ts'
import type { PublishableTable } from '../../compile/publish.ts'
import { type CompiledTable, REPORT, type TableReport } from '../../compile/table.ts'
import { writeListing } from './listing.ts'

/** Where builds are kept on this machine; ignored by git. */
export const BUILDS = '.doorplate/ranges'

const Latest = z.object({ version: z.string(), inputs: z.string() })

export interface Build extends PublishableTable {
  readonly folder: string
  readonly report: TableReport
}

/** A build that is not there or not what its manifest says. */
export class BuildMissing extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'BuildMissing'
  }
}

/** Writes a build and makes it the latest. @param inputs hash of everything it was made of. */
export function writeBuild(out: string, table: CompiledTable, inputs: string): string {
  const { version } = table.description
  const folder = join(out, version)
  const beside = join(out, `.unfinished-${process.pid}`)
  rmSync(beside, { recursive: true, force: true })
  mkdirSync(beside, { recursive: true })
  for (const [name, bytes] of table.files) writeFileSync(join(beside, diskName(name)), bytes)
  writeFileSync(join(beside, 'manifest.json'), `${JSON.stringify(table.description, null, 2)}\n`)
  writeFileSync(join(beside, 'report.json'), `${JSON.stringify(table.report, null, 2)}\n`)
  writeFileSync(
    join(beside, 'listing.tsv'),
    writeListing(table.segments, (id) => table.companies[id - 1]?.key ?? ''),
  )
  rmSync(folder, { recursive: true, force: true })
  renameSync(beside, folder)
  markLatest(out, version, inputs)
  return folder
}

export function markLatest(out: string, version: string, inputs: string): void {
  const file = join(out, 'latest.json')
  writeFileSync(`${file}.new`, `${JSON.stringify({ version, inputs })}\n`)
  renameSync(`${file}.new`, file)
}

/** The newest build and what it was made of, null when there is none. */
export function latestBuild(out: string): { version: string; inputs: string } | null {
  const latest = Latest.safeParse(readJson(join(out, 'latest.json')))
  return latest.success && existsSync(join(out, latest.data.version, 'manifest.json')) ? latest.data : null
}

/** Versions on this disk, in the order of their names. */
export function builtVersions(out: string): string[] {
  return existsSync(out) ? readdirSync(out).filter((name) => /^[0-9a-f]{64}$/.test(name)) : []
}

/** @throws BuildMissing when it is not there, incomplete, or any file differs from the manifest. */
export function readBuild(out: string, version: string): Build {
  const folder = join(out, version)
  const description = readManifest(folder)
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const [name, hash] of Object.entries(description.files)) {
    const path = join(folder, diskName(name))
    if (!existsSync(path)) throw new BuildMissing(`${path} is missing: build again`)
    const bytes = Uint8Array.from(readFileSync(path))
    if (sha256(bytes) !== hash) throw new BuildMissing(`${path} is not what the manifest says: build again`)
    files.set(name, bytes)
  }
  return { folder, description, files, report: REPORT.parse(readJson(join(folder, 'report.json'))) }
}

export function readManifest(folder: string): TableDescription {
  const manifest = Description.safeParse(readJson(join(folder, 'manifest.json')))
  if (!manifest.success) throw new BuildMissing(`${join(folder, 'manifest.json')} is missing or damaged: build again`)
  if (versionOf(manifest.data) !== manifest.data.version) throw new BuildMissing(`${folder} was changed after it was built: build again`)
  return manifest.data
}

/** A colon is no file name on Windows. */
const diskName = (name: string): string => `${name.replace(':', '-')}.${name.startsWith('c') ? 'json' : 'bin'}`

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

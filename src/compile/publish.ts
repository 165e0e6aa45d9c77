/**
 * Publishes a table: write every value, read every value back, and only then move the pointer.
 *
 * The keys of a version are immutable and named after its content, so an interrupted publish has changed nothing
 * that is served and can simply be run again. Two publishes at once write under different versions; the last one to
 * move the pointer wins whole. What neither of them may do is to delete the other's upload: only the version that
 * falls off the end is deleted, and leftovers once they are older than an hour.
 *
 * Accepted: an isolate sees the new pointer up to two minutes late (KV's cache and its own), so the version before
 * stays in place.
 */
import { sha256, type TableDescription, versionOf } from './description.ts'
import type { KvEntry, KvPort } from './kv-port.ts'
import { decodePointer, encodePointer, POINTER_KEY, type Pointer, versionPrefix } from './pointer.ts'

export interface PublishableTable {
  readonly description: TableDescription
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

export interface PublishOptions {
  readonly now: Date
  /** Publishes although the table shrank by more than a fifth. */
  readonly force?: boolean
  /** What the dashboard says of this build, beside its values and gone with them; nothing is looked up in it. */
  readonly report?: Uint8Array<ArrayBuffer>
  readonly progress?: (step: 'write' | 'verify', done: number, of: number) => void
}

export interface Published {
  readonly version: string
  readonly previous: string | null
  /** Nothing had to be written: this version was serving and every value of it was right. */
  readonly already: boolean
  readonly written: number
  readonly deleted: number
  /** Values of older versions could not be deleted; they cost space and the next publish tries again. */
  readonly leftovers: boolean
}

/** Why a publish or a rollback did not happen; what served before serves still. */
export type RefusalReason = 'shrunk' | 'read-back' | 'no-previous' | 'nothing-published'

export class PublishRefused extends Error {
  readonly reason: RefusalReason
  constructor(reason: RefusalReason, message: string) {
    super(message)
    this.name = 'PublishRefused'
    this.reason = reason
  }
}

/** An upload that has not become current within this time was interrupted. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000
/** The remote store is a process per value: one after the other would take a minute. */
const READ_AT_ONCE = 6
/** A table that lost more than this share of its companies or ranges is more likely a broken source than a changed world. */
const LARGEST_SHRINKAGE = 1 / 5

/** @throws PublishRefused, and whatever the port throws; in both cases the pointer is where it was. */
export async function publish(port: KvPort, table: PublishableTable, options: PublishOptions): Promise<Published> {
  const { description, files } = table
  const { version } = description
  const told = reportEntries(version, options)
  const before = await readPointer(port)
  if (before !== null && options.force !== true) refuseShrinkage(before, description)

  if (before?.version === version && (await brokenFiles(port, before)).length === 0) {
    if (told.length > 0 && (await port.get(REPORT_KEY(version))) === null) await port.put(told)
    return {
      version,
      previous: before.previous?.version ?? null,
      already: true,
      written: 0,
      ...(await tidy(port, before, null, options.now)),
    }
  }

  const entries = [...files].map(([name, value]) => ({ key: versionPrefix(version) + name, value, written: options.now.getTime() }))
  options.progress?.('write', 0, entries.length)
  await port.put([...entries, ...told])
  const broken = await brokenFiles(port, description, (done) => options.progress?.('verify', done, entries.length))
  if (broken.length > 0)
    throw new PublishRefused('read-back', `reading back gave other bytes for ${broken.map(({ name }) => name).join(', ')}`)

  // Read again: another publish may have moved the pointer while this one was writing.
  const replaced = await readPointer(port)
  const previous = replaced === null || replaced.version === version ? (replaced?.previous ?? null) : replaced
  await port.put([pointerEntry(description, previous, options.now)])
  const fallen = replaced?.version === version ? null : (replaced?.previous?.version ?? null)
  const tidied = await tidy(port, { version, previous }, fallen, options.now)
  return { version, previous: previous?.version ?? null, already: false, written: entries.length + 1, ...tidied }
}

/** Moves the pointer back to the version before, which stays verified and in place; a second rollback undoes the first. */
export async function rollback(port: KvPort, options: { readonly now: Date }): Promise<{ version: string; previous: string }> {
  const current = await readPointer(port)
  if (current === null) throw new PublishRefused('nothing-published', 'no table is published')
  if (current.previous === null)
    throw new PublishRefused('no-previous', 'the published table is the first one: there is nothing to go back to')
  const broken = await brokenFiles(port, current.previous)
  if (broken.length > 0) {
    throw new PublishRefused(
      'read-back',
      `the version before is damaged (${broken.map(({ name }) => name).join(', ')}): build and publish it again`,
    )
  }
  await port.put([pointerEntry(current.previous, current, options.now)])
  return { version: current.previous.version, previous: current.version }
}

export interface BrokenFile {
  readonly name: string
  readonly problem: 'missing' | 'other-bytes' | 'version'
}

/** Reads every value of a version and compares hashes; the name `version` stands for the description itself. */
export async function brokenFiles(port: KvPort, table: TableDescription, progress?: (done: number) => void): Promise<BrokenFile[]> {
  const broken: BrokenFile[] = []
  if (versionOf(table) !== table.version) broken.push({ name: 'version', problem: 'version' })
  const files = Object.entries(table.files)
  for (let from = 0; from < files.length; from += READ_AT_ONCE) {
    const group = files.slice(from, from + READ_AT_ONCE)
    const problems = await Promise.all(group.map(([name, expected]) => problemOf(port, versionPrefix(table.version) + name, expected)))
    for (const [index, problem] of problems.entries()) if (problem !== null) broken.push({ name: group[index]?.[0] ?? '', problem })
    progress?.(from + group.length)
  }
  return broken
}

async function problemOf(port: KvPort, key: string, expected: string): Promise<BrokenFile['problem'] | null> {
  const bytes = await port.get(key)
  if (bytes === null) return 'missing'
  return sha256(bytes) === expected ? null : 'other-bytes'
}

/** What is published, null when nothing (or nothing readable) is. */
export async function readPointer(port: KvPort): Promise<Pointer | null> {
  const bytes = await port.get(POINTER_KEY)
  return bytes === null ? null : decodePointer(bytes)
}

const REPORT_KEY = (version: string): string => `${versionPrefix(version)}report`

const reportEntries = (version: string, { report, now }: PublishOptions): KvEntry[] =>
  report === undefined ? [] : [{ key: REPORT_KEY(version), value: report, written: now.getTime() }]

const pointerEntry = (table: TableDescription, previous: TableDescription | null, now: Date) => ({
  key: POINTER_KEY,
  value: encodePointer(table, previous, now),
  written: now.getTime(),
})

function refuseShrinkage(before: TableDescription, after: TableDescription): void {
  for (const figure of ['companies', 'ranges'] as const) {
    const was = before.counts[figure]
    const is = after.counts[figure]
    if (is < was * (1 - LARGEST_SHRINKAGE)) {
      throw new PublishRefused(
        'shrunk',
        `the new table has ${is} ${figure}, the published one ${was}: more than a fifth less (--force publishes it anyway)`,
      )
    }
  }
}

/**
 * Deletes what no pointer names: the version that just fell off the end, and abandoned uploads. Never fails a
 * publish that has already succeeded.
 */
async function tidy(
  port: KvPort,
  pointer: { readonly version: string; readonly previous: { readonly version: string } | null },
  fallen: string | null,
  now: Date,
): Promise<{ deleted: number; leftovers: boolean }> {
  const kept = new Set([pointer.version, pointer.previous?.version])
  try {
    const keys = await port.list('ranges:')
    const old = keys.filter(({ key, written }) => {
      const version = /^ranges:([0-9a-f]{64}):/.exec(key)?.[1]
      if (version === undefined || kept.has(version)) return false
      return version === fallen || written === null || written < now.getTime() - ABANDONED_AFTER_MS
    })
    if (old.length > 0) await port.delete(old.map(({ key }) => key))
    return { deleted: old.length, leftovers: false }
  } catch {
    return { deleted: 0, leftovers: true }
  }
}

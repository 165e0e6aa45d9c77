/** Files that a test writes for itself, and what a source makes of them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { flatten, Rows } from '../../../../src/compile/flatten.ts'
import type { AsRow, RangeSource, SourceRow } from '../../../../src/compile/sources/source.ts'
import { parseAddress, parsed } from '../../../../src/ranges/address.ts'
import { type MmdbLabel, type Value, writeMmdb } from '../../../../src/tools/bench/mmdb-writer.ts'

/** A folder of the calling test file, gone when it has ended. */
export function madeFiles(name: string): (file: string, content: string | Uint8Array) => string {
  const folder = mkdtempSync(join(tmpdir(), `doorplate-${name}-`))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return (file, content) => {
    const path = join(folder, file)
    writeFileSync(path, content)
    return path
  }
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

export async function rowsOf(source: RangeSource): Promise<SourceRow[]> {
  return all(source.rows())
}

export async function networksOf(source: RangeSource): Promise<AsRow[]> {
  return source.networks ? all(source.networks()) : []
}

/** What goes wrong while everything of a source is read. */
export async function problemOf(open: () => RangeSource): Promise<string> {
  try {
    const source = open()
    await networksOf(source)
    await rowsOf(source)
    return 'none'
  } catch (error) {
    return error instanceof Error ? error.message : `${error}`
  }
}

export interface Network {
  readonly first: string
  readonly last: string
  readonly record: Value
}

/** An MMDB file of these networks, as a vendor's writer would make it. */
export function mmdbOf(networks: readonly Network[], label: MmdbLabel): Buffer {
  const rows = { 4: new Rows(4), 6: new Rows(6) }
  const first = new Uint32Array(4)
  for (const [index, network] of networks.entries()) {
    const family = parseAddress(network.first)
    first.set(parsed)
    if (family === 0 || parseAddress(network.last) !== family) throw new Error(`${network.first} - ${network.last} is no range`)
    rows[family].add(first, parsed, index + 1, 0)
  }
  const record = (id: number): Value => networks[id - 1]?.record ?? {}
  return writeMmdb(flatten(rows[4]).segments, flatten(rows[6]).segments, record, label).bytes
}

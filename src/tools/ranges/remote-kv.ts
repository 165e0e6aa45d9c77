/**
 * The deployed Worker's KV namespace as the port that publishing needs, through the wrangler command line: it has
 * the account and the login, and finds the namespace by the binding's name, so this project needs to know neither.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import type { KvPort } from '../../compile/kv-port.ts'
import { runWrangler, WranglerFailed } from '../wrangler.ts'
import { writtenOf } from './local-kv.ts'

const BINDING = ['--binding', 'RANGES', '--remote']
/** wrangler uploads 100 MB at most, base64 and JSON included. */
const LARGEST_UPLOAD = 60 * 1024 * 1024

const Names = z.array(z.object({ name: z.string(), metadata: z.unknown().optional() }))

/** @param run runs wrangler with these words and gives what it printed; an argument for the tests. */
export function remoteKv(run: (words: readonly string[]) => Promise<Buffer> = runWrangler): KvPort {
  return {
    async get(key) {
      try {
        return Uint8Array.from(await run(['kv', 'key', 'get', key, ...BINDING]))
      } catch (error) {
        if (error instanceof WranglerFailed && /\b404\b|key not found/i.test(error.message)) return null
        throw error
      }
    },
    async put(entries) {
      for (const group of inUploads(entries)) {
        const pairs = group.map(({ key, value, written }) => ({
          key,
          value: Buffer.from(value).toString('base64'),
          base64: true,
          metadata: { written },
        }))
        await withFile(pairs, (file) => run(['kv', 'bulk', 'put', file, ...BINDING]))
      }
    },
    async delete(keys) {
      if (keys.length > 0) await withFile(keys, (file) => run(['kv', 'bulk', 'delete', file, '--force', ...BINDING]))
    },
    async list(prefix) {
      const names = Names.parse(JSON.parse((await run(['kv', 'key', 'list', '--prefix', prefix, ...BINDING])).toString('utf8')))
      return names.map(({ name, metadata }) => ({ key: name, written: writtenOf(metadata) }))
    },
  }
}

function inUploads<T extends { readonly value: Uint8Array }>(entries: readonly T[]): T[][] {
  const uploads: T[][] = []
  let room = 0
  for (const entry of entries) {
    if (room < entry.value.length) {
      uploads.push([])
      room = LARGEST_UPLOAD
    }
    uploads.at(-1)?.push(entry)
    room -= entry.value.length
  }
  return uploads
}

async function withFile(content: unknown, work: (file: string) => Promise<unknown>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'doorplate-kv-'))
  try {
    const file = join(folder, 'values.json')
    writeFileSync(file, JSON.stringify(content))
    await work(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

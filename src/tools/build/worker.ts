/**
 * How large the Worker is. Cloudflare loads and parses all of it before the first answer of a cold isolate, so it has a
 * limit of its own; wrangler's dry run comes to the same within a few hundred bytes.
 */
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** Bytes, gzipped. Most of it is the public suffix list, 30 kB. */
export const LARGEST_WORKER = 150_000

/** @param source the folder of the Worker's `index.ts` */
export async function workerSize(source: string): Promise<{ readonly raw: number; readonly gzip: number }> {
  const { outputFiles } = await build({
    entryPoints: [join(source, 'index.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    jsx: 'automatic',
    jsxImportSource: '#jsx',
    logLevel: 'silent',
  })
  const code = outputFiles[0]?.contents ?? new Uint8Array()
  return { raw: code.length, gzip: gzipSync(code, { level: 9 }).length }
}

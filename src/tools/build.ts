/**
 * `npm run build`: what Cloudflare serves before the Worker runs. The snippet as one small file, the stylesheets and
 * the plate, and the headers they are sent with. The same sources give the same bytes.
 *
 * A file is replaced only when its bytes change, and then whole: a Worker that runs, or a test beside this build,
 * never meets a missing or half-written file.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const ROOT = resolve(import.meta.dirname, '../..')
const OUT = join(ROOT, 'dist/assets')

/** Folders whose files are served as they are. */
const AS_THEY_ARE = ['src/admin/assets', 'src/collect/assets']

const HEADERS = `/d.js
  Content-Type: text/javascript; charset=utf-8
  Cache-Control: public, max-age=86400, must-revalidate
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
/*.css
  Cache-Control: no-cache
  X-Content-Type-Options: nosniff
/plate.svg
  X-Content-Type-Options: nosniff
`

/** Bytes as they are, and as a browser loads them. */
export interface Sizes {
  readonly raw: number
  readonly gzip: number
  readonly brotli: number
}

/** Builds everything into dist/assets and returns the size of the snippet. */
export async function buildAssets(): Promise<Sizes> {
  const snippet = await bundleSnippet()
  const files = new Map<string, Uint8Array>([
    ['d.js', snippet],
    ['_headers', new TextEncoder().encode(HEADERS)],
  ])
  for (const folder of AS_THEY_ARE) {
    for (const name of await readdir(join(ROOT, folder))) files.set(name, await readFile(join(ROOT, folder, name)))
  }
  await mkdir(OUT, { recursive: true })
  for (const [name, bytes] of files) await replace(join(OUT, name), bytes)
  for (const name of await readdir(OUT)) if (!files.has(name) && !name.endsWith('.new')) await rm(join(OUT, name), { recursive: true })
  return { raw: snippet.length, gzip: gzipSync(snippet, { level: 9 }).length, brotli: brotliCompressSync(snippet).length }
}

async function bundleSnippet(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'src/snippet/index.ts')],
    bundle: true,
    minify: true,
    write: false,
    // Or esbuild takes strictness from tsconfig.json and writes "use strict": 13 bytes for nothing.
    tsconfigRaw: {},
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  })
  const [file] = outputFiles
  if (file === undefined) throw new Error('esbuild made no file of src/snippet/index.ts')
  // The semicolon and the line's end after the last statement say nothing either.
  return new TextEncoder().encode(file.text.trimEnd().replace(/;$/, ''))
}

async function replace(path: string, bytes: Uint8Array): Promise<void> {
  const before = await readFile(path).catch(() => null)
  if (before !== null && Buffer.compare(before, bytes) === 0) return
  const beside = `${path}.${process.pid}.new`
  await writeFile(beside, bytes)
  await rename(beside, path)
}

if (import.meta.main) {
  const { raw, gzip, brotli } = await buildAssets()
  console.log(`dist/assets/d.js  ${raw} bytes, gzip ${gzip}, brotli ${brotli}`)
}

/**
 * `npm run build`: what Cloudflare serves before the Worker runs. The snippet as one small file and its consent adapters
 * as another, the stylesheets and the plate, and the headers they are sent with; and what the Worker reads itself: the
 * description of the API, the dashboard's texts and the papers it makes. The same sources give the same bytes.
 *
 * A file is replaced only when its bytes change, and then whole: a Worker that runs, or a test beside this build,
 * never meets a missing or half-written file.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { transform } from 'esbuild'
import { ROUTES } from '../admin/api/routes.ts'
import * as de from '../admin/texts/de/index.ts'
import * as en from '../admin/texts/en/index.ts'
import { TEXTS } from '../privacy/texts/catalogue.ts'
import { openApi } from './build/openapi.ts'
import { packPaper } from './build/papers.ts'
import { bundleSnippet, type SnippetFile } from './build/snippet.ts'
import { suffixModule } from './build/suffixes.ts'
import { packTexts } from './build/texts.ts'
import { LARGEST_WORKER, workerSize } from './build/worker.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const OUT = join(ROOT, 'dist/assets')
/** The admin prints the hashes; a Worker cannot compute them from files that are answered before it runs. */
const INTEGRITY = join(ROOT, 'src/admin/snippet-integrity.ts')

/** The suffix list as the Worker reads it; it changes with the version of tldts-icann. */
const SUFFIXES = join(ROOT, 'src/suffixes.ts')

/** Below /admin, where wrangler.toml lets the Worker answer first: without a configured secret nothing is there. */
const READ_BY_THE_WORKER: Readonly<Record<string, () => unknown>> = {
  'admin/api/openapi.json': () => openApi(ROUTES),
  'admin/texts/de.json': () => packTexts(de),
  'admin/texts/en.json': () => packTexts(en),
  ...Object.fromEntries(
    Object.entries(TEXTS).flatMap(([kind, text]) =>
      (['de', 'en'] as const).map((language) => [`admin/papers/${kind}.${language}.json`, () => packPaper(text, language)]),
    ),
  ),
}

/** Joined in the order of their names: one request, and a file a subject. */
const STYLES = join(ROOT, 'src/admin/styles')

/** Folders whose files are served as they are. */
const AS_THEY_ARE = ['src/admin/assets', 'src/collect/assets']

// `integrity` and `import()` load with CORS, so the scripts are open to every origin; they hold nothing of anybody.
const SCRIPT = `  Content-Type: text/javascript; charset=utf-8
  Cache-Control: public, max-age=86400, must-revalidate
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff`

const HEADERS = `/d.js
${SCRIPT}
/cmp.js
${SCRIPT}
/*.css
  Cache-Control: no-cache
  X-Content-Type-Options: nosniff
/admin.js
  Cache-Control: no-cache
  X-Content-Type-Options: nosniff
/plate.svg
  Cache-Control: public, max-age=604800
  X-Content-Type-Options: nosniff
`

/** Builds everything into dist/assets and returns the two files of the snippet, d.js first. */
export async function buildAssets(): Promise<readonly SnippetFile[]> {
  const snippet = await bundleSnippet(join(ROOT, 'src/snippet'))
  const files = new Map<string, Uint8Array>(snippet.map(({ name, bytes }) => [name, bytes]))
  files.set('_headers', new TextEncoder().encode(HEADERS))
  for (const [name, make] of Object.entries(READ_BY_THE_WORKER)) files.set(name, new TextEncoder().encode(JSON.stringify(make())))
  for (const folder of AS_THEY_ARE) {
    for (const name of await readdir(join(ROOT, folder))) files.set(name, await readFile(join(ROOT, folder, name)))
  }
  files.set('admin.css', await stylesheet())
  for (const [name, bytes] of files) {
    await mkdir(dirname(join(OUT, name)), { recursive: true })
    await replace(join(OUT, name), bytes)
  }
  for (const entry of await readdir(OUT, { recursive: true, withFileTypes: true })) {
    const name = relative(OUT, join(entry.parentPath, entry.name)).replaceAll('\\', '/')
    if (entry.isFile() && !files.has(name) && !name.endsWith('.new')) await rm(join(OUT, name))
  }
  await replace(INTEGRITY, new TextEncoder().encode(integrityModule(snippet)))
  await replace(SUFFIXES, new TextEncoder().encode(await suffixModule()))
  return snippet
}

async function stylesheet(): Promise<Uint8Array> {
  const names = (await readdir(STYLES)).sort()
  const parts = await Promise.all(names.map((name) => readFile(join(STYLES, name), 'utf8')))
  const { code } = await transform(parts.join('\n'), { loader: 'css', minify: true })
  return new TextEncoder().encode(code)
}

function integrityModule(snippet: readonly SnippetFile[]): string {
  return `/** Written by \`npm run build\`: what \`integrity\` says of the scripts in dist/assets, https://www.w3.org/TR/SRI/ . */
export const SNIPPET_INTEGRITY = {
${snippet.map(({ name, integrity }) => `  '${name}': '${integrity}',\n`).join('')}} as const
`
}

async function replace(path: string, bytes: Uint8Array): Promise<void> {
  const before = await readFile(path).catch(() => null)
  if (before !== null && Buffer.compare(before, bytes) === 0) return
  const beside = `${path}.${process.pid}.new`
  await writeFile(beside, bytes)
  await rename(beside, path)
}

if (import.meta.main) {
  for (const { name, sizes, integrity } of await buildAssets()) {
    console.log(`dist/assets/${name}  ${sizes.raw} bytes, gzip ${sizes.gzip}, brotli ${sizes.brotli}, integrity ${integrity}`)
  }
  const { raw, gzip } = await workerSize(join(ROOT, 'src'))
  console.log(`the Worker  ${raw} bytes, gzip ${gzip} of at most ${LARGEST_WORKER}`)
}

/**
 * The two files that a visitor's browser may load, as small as they get. rolldown's minifier joins declarations across
 * modules and so makes d.js a few bytes smaller than esbuild's; the same sources give the same bytes.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'

export interface SnippetFile {
  readonly name: 'd.js' | 'cmp.js'
  readonly bytes: Uint8Array
  /** As they are, and as a browser loads them. */
  readonly sizes: { readonly raw: number; readonly gzip: number; readonly brotli: number }
  /** For `integrity="…"`, https://www.w3.org/TR/SRI/ . */
  readonly integrity: string
}

/** What stands around a classic script; `try` in its place is two bytes more and catches what happens at load. */
const AROUND = /^\(function\(\)\{(.*)\}\)\(\);?\s*$/s

/** @param folder the sources: `index.ts` becomes d.js, `cmp/index.ts` becomes cmp.js, a module that d.js imports when asked to */
export async function bundleSnippet(folder: string): Promise<readonly SnippetFile[]> {
  const inside = AROUND.exec(await bundle(join(folder, 'index.ts'), 'iife'))?.[1]
  if (inside === undefined)
    throw new Error('The minifier puts something else around a classic script now: see AROUND in src/tools/build/snippet.ts.')
  const consent = await bundle(join(folder, 'cmp/index.ts'), 'es')
  return [file('d.js', `try{${inside.replace(/;$/, '')}}catch{}`), file('cmp.js', consent.trimEnd().replace(/;$/, ''))]
}

async function bundle(input: string, format: 'iife' | 'es'): Promise<string> {
  const built = await rolldown({
    input,
    transform: { target: 'es2020' },
    // Or strictness comes from tsconfig.json as "use strict": 13 bytes for nothing.
    tsconfig: false,
    logLevel: 'silent',
  })
  try {
    const { output } = await built.generate({ format, minify: true, comments: false })
    return output[0].code
  } finally {
    await built.close()
  }
}

function file(name: SnippetFile['name'], code: string): SnippetFile {
  const bytes = new TextEncoder().encode(code)
  return {
    name,
    bytes,
    sizes: { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length },
    integrity: `sha384-${createHash('sha384').update(bytes).digest('base64')}`,
  }
}

/**
 * Builds what runs in the proof: the Worker as it would be deployed, and the modules that stand in front of it.
 *
 * A full proof takes the Worker from wrangler itself, so that the bytes proved are the bytes deployed and their hash
 * can be stated beside them. Small proofs and mutants bundle the sources directly, which takes a tenth of the time.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { runWrangler } from '../wrangler.ts'

export const ROOT = resolve(import.meta.dirname, '../../..')

export interface Bundle {
  readonly code: string
  readonly sha256: string
  readonly by: 'wrangler' | 'esbuild'
}

/** What `wrangler deploy` would upload. @param out an empty folder. */
export async function deployedWorker(out: string): Promise<Bundle> {
  await runWrangler(['deploy', '--dry-run', '--outdir', out, '--config', join(ROOT, 'wrangler.toml')])
  return bundled(readFileSync(join(out, 'index.js'), 'utf8'), 'wrangler')
}

/** The Worker of a source tree, e.g. of one with a planted leak. @throws Error with esbuild's messages. */
export async function workerOf(source: string): Promise<Bundle> {
  return bundled(await bundleModule(join(source, 'index.ts'), source), 'esbuild')
}

/** One of the modules of `worker/`; it finds the Worker beside itself as `./worker.mjs`. */
export function bundleModule(entry: string, source = join(ROOT, 'src')): Promise<string> {
  return build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*', './worker.mjs'],
    jsx: 'automatic',
    // A changed source tree has a runtime of its own beside its pages.
    jsxImportSource: '#jsx',
    alias: { '#jsx': join(source, 'admin/jsx') },
    // A changed source tree lies in a temporary folder and has no packages of its own.
    nodePaths: [join(ROOT, 'node_modules')],
    logLevel: 'silent',
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? '')
}

const bundled = (code: string, by: Bundle['by']): Bundle => ({ code, sha256: createHash('sha256').update(code).digest('hex'), by })

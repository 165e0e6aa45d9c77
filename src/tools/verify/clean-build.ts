/**
 * Builds the Worker in an empty folder, as wrangler would upload it: nothing that lies about in the checkout, and no path of
 * this machine, may be in the bytes.
 */

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { HOUSE_RULES } from '../start/load-wrangler.ts'

/** What the bundle is made of; the packages are the lock file's. */
const SOURCES = ['src', 'migrations', 'package.json', 'tsconfig.json', 'wrangler.toml'] as const

/** @param root the checkout. @returns SHA-256 of the Worker, in hex */
export async function buildIn(root: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-build-'))
  try {
    for (const name of SOURCES) await cp(join(root, name), join(folder, name), { recursive: true })
    await symlink(resolve(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
    await dryRun(folder)
    return createHash('sha256')
      .update(await readFile(join(folder, 'out/index.js')))
      .digest('hex')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function dryRun(folder: string): Promise<void> {
  const bin = join(createRequire(import.meta.url).resolve('wrangler/package.json'), '../bin/wrangler.js')
  const words = [bin, 'deploy', '--dry-run', '--env=', '--outdir', 'out']
  return new Promise((done, fail) => {
    execFile(process.execPath, words, { cwd: folder, env: { ...process.env, ...HOUSE_RULES } }, (error, _, stderr) => {
      if (error === null) done()
      else fail(new Error(`The Worker could not be built: ${stderr}`))
    })
  })
}

/**
 * The admin token of this machine: made once, kept beside the local data, readable by its owner alone.
 *
 * The Worker never learns the token, only its SHA-256 (the same secret a deployment is given), so what wrangler
 * keeps or prints opens nothing. `ADMIN_TOKEN` in the environment wins and is not written to disk.
 */
import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isUsableToken } from './options.ts'

export type Token = { readonly token: string } | { readonly wrong: string }

/** @param random 32 fresh bytes; an argument so that a test can know them. */
export async function localToken(chosen: string | null, file: string, random: () => Uint8Array = () => randomBytes(32)): Promise<Token> {
  if (chosen !== null) return { token: chosen }

  const kept = await readKept(file)
  if (kept !== null) {
    if (isUsableToken(kept)) return { token: kept }
    return { wrong: `${file} does not hold a usable admin token. Delete that file to have a new one made, or set ADMIN_TOKEN.` }
  }
  const token = `dp_${Buffer.from(random()).toString('base64url')}`
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${token}\n`, { mode: 0o600 })
  // The umask can only take rights away from `mode`, but says nothing about a file system that ignores it.
  await chmod(file, 0o600)
  return { token }
}

/** The Worker's secret ADMIN_TOKEN_HASH for this token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

async function readKept(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

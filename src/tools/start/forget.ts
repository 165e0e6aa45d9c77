/**
 * `--fresh`: deletes what this project keeps on this machine and nothing else. Only known names inside the folders
 * are removed, so that a mistyped `--state` cannot cost more than the mistake.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DEFAULT_STATE, KEPT, type StartOptions } from './options.ts'

/** What `--fresh` deletes for these options. */
export function forgotten({ state, tokenFile }: Pick<StartOptions, 'state' | 'tokenFile'>): readonly string[] {
  const ours = [join(state, 'v3'), join(state, 'registry'), tokenFile]
  return state === DEFAULT_STATE ? [...ours, join(KEPT, 'ranges')] : ours
}

export async function forget(options: Pick<StartOptions, 'state' | 'tokenFile'>): Promise<void> {
  for (const path of forgotten(options)) await rm(path, { recursive: true, force: true })
}

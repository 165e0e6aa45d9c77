/**
 * The local runtime writes its traces a moment after the fact. Before they are searched, a last request with a name
 * of its own is sent, and its trace waited for: what came before it is then written too.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const POLL_MS = 20
/** A guard against a store that is off, no measure of one that is slow. */
const LONGEST_WAIT_MS = 120_000

/** @throws Error when the store never mentions `marker`: then it was not on, and searching it would prove nothing. */
export async function traced(state: string, marker: string): Promise<void> {
  const folder = join(state, 'shared', 'observability')
  const until = Date.now() + LONGEST_WAIT_MS
  while (
    !readdirSync(folder, { recursive: true, withFileTypes: true }).some(
      (entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(marker),
    )
  ) {
    if (Date.now() > until) throw new Error('the local store of traces was not written')
    await pause(POLL_MS)
  }
}

/** The state folder of a runtime that may be running. */
import { cpSync, rmSync } from 'node:fs'

/** A log may go between being listed and being copied, when the runtime lays a database aside: then all is copied again. */
export function copyState(state: string, copy: string): void {
  try {
    cpSync(state, copy, { recursive: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    rmSync(copy, { recursive: true })
    copyState(state, copy)
  }
}

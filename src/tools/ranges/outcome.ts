/** What a command of `npm run ranges` gives: the answer for programs, the same for people, and whether all is well. */
import type { RangesOptions } from './options.ts'
import type { ProgressLine } from './progress.ts'

export interface Outcome {
  readonly json: unknown
  readonly text: string
  readonly ok: boolean
}

export type Run = (options: RangesOptions, line: ProgressLine) => Promise<Outcome>

export const done = (json: unknown, text: string, ok = true): Outcome => ({ json, text, ok })

export const short = (version: string): string => version.slice(0, 12)

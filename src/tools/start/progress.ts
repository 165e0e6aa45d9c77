/**
 * One line per step: what is done, how long it took. On a terminal the line is rewritten while the step runs;
 * in a log file only finished steps appear, and a step that takes long is announced so that silence is not taken
 * for a hang.
 */
const ANNOUNCE_AFTER_MS = 2_000
const NAME_WIDTH = 34

export interface Output {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** Lets a running step say how far it is; what it returns is the remark beside the tick. */
export type Work<T> = (say: (remark: string) => void) => Promise<{ readonly result: T; readonly remark?: string }>

export interface Progress {
  step<T>(name: string, work: Work<T>): Promise<T>
}

/** @param now milliseconds, only for the figure beside a step. */
export function progressOn(output: Output, now: () => number): Progress {
  const live = output.isTTY === true

  return {
    async step(name, work) {
      const began = now()
      const pending = (remark: string): void => {
        if (live) output.write(`\r\x1b[2K  … ${name.padEnd(NAME_WIDTH)} ${remark}`)
      }
      const announce = setTimeout(() => !live && output.write(`  … ${name}\n`), ANNOUNCE_AFTER_MS)
      const finish = (mark: string, remark: string): void => {
        clearTimeout(announce)
        const seconds = `${((now() - began) / 1000).toFixed(1)} s`
        output.write(
          `${live ? '\r\x1b[2K' : ''}  ${mark} ${name.padEnd(NAME_WIDTH)} ${seconds.padStart(7)}${remark === '' ? '' : `  ${remark}`}\n`,
        )
      }
      pending('')
      try {
        const { result, remark } = await work(pending)
        finish('✓', remark ?? '')
        return result
      } catch (error) {
        finish('✗', '')
        throw error
      }
    },
  }
}

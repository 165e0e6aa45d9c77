/**
 * Progress of a long step: a bar with rows per second on a terminal; elsewhere plain lines, ten seconds apart
 * at least, so that a log stays readable. Written to stderr, because stdout carries the answer.
 */
export interface ProgressOutput {
  readonly isTTY?: boolean
  write(text: string): unknown
}

export interface ProgressLine {
  /** `of` is a guess or null; `unit` is what is counted. */
  update(step: string, done: number, of: number | null, unit: string): void
  end(): void
}

const WIDTH = 24
const REDRAW_MS = 100
const PLAIN_MS = 10_000

/** @param now milliseconds. */
export function progressLine(output: ProgressOutput, now: () => number): ProgressLine {
  const live = output.isTTY === true
  let step = ''
  let began = now()
  let drawn = now()
  return {
    update(name, done, of, unit) {
      const time = now()
      if (name !== step) {
        step = name
        began = time
        drawn = time
      } else if (time - drawn < (live ? REDRAW_MS : PLAIN_MS) && done !== of) return
      if (!live && time - drawn < PLAIN_MS) return
      drawn = time
      const text = `${name} ${describe(done, of, unit, (time - began) / 1000)}`
      output.write(live ? `\r\x1b[2K${text}` : `${text}\n`)
    },
    end: () => void (live && output.write('\r\x1b[2K')),
  }
}

/** `[████░░░░] 48 %  247,000 rows  412,000 rows/s  1 s left`. */
export function describe(done: number, of: number | null, unit: string, seconds: number): string {
  const rate = seconds > 0.2 ? `  ${inGroups(Math.round(done / seconds))} ${unit}/s` : ''
  const count = `${inGroups(done)} ${unit}${rate}`
  if (of === null || of === 0) return count
  const share = Math.min(1, done / of)
  const filled = Math.round(share * WIDTH)
  const left = rate === '' || share === 1 ? '' : `  ${duration((of - done) / (done / seconds))} left`
  return `[${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}] ${String(Math.round(share * 100)).padStart(3)} %  ${count}${left}`
}

/** `8 s`, `2 min 5 s`, `1 h 20 min`; a guess, so never finer than it deserves. */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds))
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** `1,234,567`. */
export const inGroups = (number: number): string => number.toLocaleString('en-US', { maximumFractionDigits: 1 })

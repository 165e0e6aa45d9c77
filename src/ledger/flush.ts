import type { Activity, Leave, TotalsEntry } from './activity.ts'
import { type Counts, countsOfActivity, countsOfLeave, countsOfTotals, isEmpty, shedOf } from './batch.ts'
import { Gather } from './gather.ts'
import { GRACE_MS, LEDGER_KEYS, TOTALS_KEYS, WAITING_KEYS } from './limits.ts'
import type { Outbox } from './outbox.ts'
import type { Sink } from './sink.ts'

/**
 * Gathers counters in the isolate and hands them over by the windowful: one flush instead of one write an event.
 *
 * The first event of a window waits for its end, in its own `waitUntil`; the others only add. That is the loss this
 * file accepts: an isolate that dies takes with it what it gathered, the ledger of a second, the totals of twenty.
 * Seconds on a page go with the totals: they come after their view, and a flush of their own would cost three rows.
 * Where only the first event's request dies, the next event that finds the window long over takes its place.
 *
 * What would make the waiting rows too many is shed: counted by site and day under the outcome `shed`, its rest dropped.
 */
export interface Timing {
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
}

export interface Windows {
  /** 0: every event is handed over at once, without waiting. */
  readonly ledgerMs: number
  readonly totalsMs: number
}

interface Window {
  readonly gather: Gather
  readonly ms: number
  /** Rows that end the window early. */
  readonly keys: number
  open: { readonly endsAt: number } | null
}

export function gatheringSink(outbox: Outbox, windows: Windows, { now, wait }: Timing): Sink {
  const ledger: Window = { gather: new Gather(), ms: windows.ledgerMs, keys: LEDGER_KEYS, open: null }
  const totals: Window = { gather: new Gather(), ms: windows.totalsMs, keys: TOTALS_KEYS, open: null }

  function take(window: Window, counts: Counts): Promise<void> {
    const full = outbox.keys + ledger.gather.keys + totals.gather.keys >= WAITING_KEYS
    return full ? add(totals, shedOf(counts)) : add(window, counts)
  }

  /** Gathers, and flushes where it is this event's turn to. */
  async function add(window: Window, counts: Counts): Promise<void> {
    if (isEmpty(counts)) return
    window.gather.add(counts)
    const late = window.open !== null && isOver(now(), window.open.endsAt, window.ms)
    if (late || window.ms === 0 || window.gather.keys >= window.keys) return flush(window)
    if (window.open !== null) return
    const open = { endsAt: now() + window.ms }
    window.open = open
    await wait(window.ms)
    // Where another event has flushed this window, the one that is open now has an event of its own that waits.
    if (window.open === open) await flush(window)
  }

  /** Long past its end; or not begun yet, because the clock was put back: it would be waited for as long as that. */
  function isOver(time: number, endsAt: number, ms: number): boolean {
    return time > endsAt + GRACE_MS || time < endsAt - ms
  }

  /** The totals take the ledger with them: one id, one transaction. */
  async function flush(window: Window): Promise<void> {
    for (const each of window === totals ? [ledger, totals] : [ledger]) {
      outbox.put(each.gather.take())
      each.open = null
    }
    await outbox.send()
  }

  return {
    activity: (activity: Activity, timeZone: string) => take(ledger, countsOfActivity(activity, timeZone)),
    leave: (leave: Leave, timeZone: string) => take(totals, countsOfLeave(leave, timeZone)),
    totals: (entry: TotalsEntry) => take(totals, countsOfTotals(entry)),
  }
}

import type { Activity, Leave, TotalsEntry } from './activity.ts'

/**
 * Where counted events go. Each call ends when the events it is responsible for have been handed over or given up: the
 * first event of a window waits for all of them, and whoever calls gives the promise to `waitUntil`.
 */
export interface Sink {
  activity(activity: Activity, timeZone: string): Promise<void>
  leave(leave: Leave, timeZone: string): Promise<void>
  totals(entry: TotalsEntry): Promise<void>
}

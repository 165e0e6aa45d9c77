import type { Activity, Leave, TotalsEntry } from './activity.ts'

/**
 * Where counted events go. The one sink today writes each event to D1 at once; an event that D1 refuses is lost,
 * which the health figures would show and a gathering sink mends.
 */
export interface Sink {
  activity(activity: Activity, timeZone: string): Promise<void>
  leave(leave: Leave, timeZone: string): Promise<void>
  totals(entry: TotalsEntry): Promise<void>
}

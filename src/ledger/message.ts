import * as z from 'zod/mini'
import type { Batch } from './batch.ts'

/**
 * What a queue carries: one batch. Parsed again when it arrives, because a message may be days old and of another
 * version of the Worker; one that is not understood goes to the dead-letter queue and is not dropped.
 *
 * A message rests in the queue for seconds, in the dead-letter queue for days: it holds no more than the tables (P2),
 * but its totals are those of one isolate's twenty seconds. docs/scaling.md says what follows for small sites.
 */
const text = z.string()
const whole = z.int()
const maybe = z.nullable(z.string())

const Message = z.strictObject({
  v: z.literal(1),
  id: z.string().check(z.minLength(1), z.maxLength(100)),
  hour: whole,
  companies: z.array(z.tuple([text, text, text, text, maybe, text, maybe, maybe, maybe, text, whole])),
  activity: z.array(z.tuple([text, text, whole, text, text, text, text, whole, whole])),
  leaves: z.array(z.tuple([text, text, whole, text, text, whole])),
  days: z.array(z.tuple([text, text, text, whole, whole])),
  totals: z.array(z.tuple([text, text, text, text, whole])),
})

export type Message = z.infer<typeof Message>

export function writeMessage({ id, hour, companies, activity, leaves, days, totals }: Batch): unknown {
  return { v: 1, id, hour, companies, activity, leaves, days, totals }
}

/** Null for what is no message of ours. */
export function readMessage(body: unknown): Batch | null {
  const parsed = Message.safeParse(body)
  return parsed.success ? parsed.data : null
}

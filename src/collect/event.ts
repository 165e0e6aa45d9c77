import * as z from 'zod/mini'
import { ACTIVITY_KINDS } from '../words.ts'

/**
 * The wire format of an event: short closed keys, unknown keys refused, so that a page cannot send more than the
 * design knows even by mistake.
 */
const Short = z.string().check(z.maxLength(64))

const WireEvent = z.strictObject({
  k: z.enum([...ACTIVITY_KINDS, 'leave']),
  p: z.string().check(z.minLength(1), z.maxLength(512)),
  f: z.optional(z.string().check(z.maxLength(512))),
  r: z.optional(z.string().check(z.maxLength(253))),
  us: z.optional(Short),
  um: z.optional(Short),
  uc: z.optional(Short),
  d: z.optional(z.number().check(z.int(), z.gte(0), z.lte(3600))),
  n: z.optional(Short),
  ok: z.optional(z.union([z.literal(0), z.literal(1)])),
})

export type WireEvent = z.infer<typeof WireEvent>

/** The event a body describes, or null; why it does not is nobody's business outside. */
export function readEvent(body: string): WireEvent | null {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return null
  }
  const event = WireEvent.safeParse(json)
  return event.success ? event.data : null
}

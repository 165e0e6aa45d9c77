/**
 * The few calls of Cloudflare's Queues API that a redrive makes.
 * https://developers.cloudflare.com/queues/configuration/pull-consumers/
 */
import * as z from 'zod'

export interface Pulled {
  /** What acknowledges the message. */
  readonly lease: string
  readonly body: unknown
}

export interface QueueApi {
  /** @throws RedriveFailed when there is no such queue */
  idOf(name: string): Promise<string>
  allowPull(queue: string): Promise<void>
  /** At most a hundred; they are hidden from other pulls for a minute. */
  pull(queue: string): Promise<readonly Pulled[]>
  push(queue: string, bodies: readonly unknown[]): Promise<void>
  /** Removes some and shows the others again at once. */
  settle(queue: string, acks: readonly string[], retries: readonly string[]): Promise<void>
}

/** The message says what to do and may be shown. */
export class RedriveFailed extends Error {}

const HIDDEN_MS = 60_000
const AT_ONCE = 100

const Queues = z.array(z.object({ queue_id: z.string(), queue_name: z.string() }))
const Consumers = z.array(z.object({ type: z.string() }))
const Messages = z.object({ messages: z.array(z.object({ lease_id: z.string(), body: z.unknown(), metadata: z.unknown() })) })

export function queueApi({ account, token, base }: { readonly account: string; readonly token: string; readonly base: string }): QueueApi {
  async function call<T>(method: string, path: string, schema: z.ZodType<T>, body?: unknown): Promise<T> {
    const answer = await fetch(`${base}/accounts/${account}/queues${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const parsed = z.object({ success: z.boolean(), result: z.unknown() }).safeParse(await answer.json().catch(() => null))
    if (!answer.ok || !parsed.success || !parsed.data.success) {
      throw new RedriveFailed(`Cloudflare refused (${answer.status}): is the token for this account, with the permission Queues: Edit?`)
    }
    const result = schema.safeParse(parsed.data.result)
    if (!result.success) throw new RedriveFailed('Cloudflare answered in a way this version does not know.')
    return result.data
  }

  return {
    async idOf(name) {
      const found = (await call('GET', '?per_page=100', Queues)).find(({ queue_name }) => queue_name === name)
      if (found === undefined) throw new RedriveFailed(`There is no queue "${name}". "npx wrangler queues list" shows those there are.`)
      return found.queue_id
    },
    async allowPull(queue) {
      const consumers = await call('GET', `/${queue}/consumers`, Consumers)
      if (!consumers.some(({ type }) => type === 'http_pull')) await call('POST', `/${queue}/consumers`, z.unknown(), { type: 'http_pull' })
    },
    async pull(queue) {
      const { messages } = await call('POST', `/${queue}/messages/pull`, Messages, {
        visibility_timeout_ms: HIDDEN_MS,
        batch_size: AT_ONCE,
      })
      return messages.map(({ lease_id, body }) => ({ lease: lease_id, body: decoded(body) }))
    },
    async push(queue, bodies) {
      await call('POST', `/${queue}/messages/batch`, z.unknown(), { messages: bodies.map((body) => ({ body, content_type: 'json' })) })
    },
    async settle(queue, acks, retries) {
      await call('POST', `/${queue}/messages/ack`, z.unknown(), {
        acks: acks.map((lease_id) => ({ lease_id })),
        retries: retries.map((lease_id) => ({ lease_id, delay_seconds: 0 })),
      })
    },
  }
}

/** A JSON message is pulled as base64 of its text, by some versions of the API as text. */
function decoded(body: unknown): unknown {
  if (typeof body !== 'string') return body
  for (const text of [body, Buffer.from(body, 'base64').toString('utf8')]) {
    try {
      return JSON.parse(text)
    } catch {
      // The other spelling, then.
    }
  }
  return null
}

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NO_COUNTS } from '../../../src/ledger/batch.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import { writeMessage } from '../../../src/ledger/message.ts'
import { queueApi, RedriveFailed } from '../../../src/tools/redrive/queue-api.ts'
import { type Redrive, redrive } from '../../../src/tools/redrive/redrive.ts'

const NOW = Date.UTC(2026, 10, 21, 13, 25)
const message = (id: string, hoursAgo = 0) => writeMessage({ ...NO_COUNTS, id, hour: hourOf(NOW) - hoursAgo })

/** The routes of Cloudflare's Queues API that a redrive uses, over two lists. */
interface Cloud {
  dead: { id: string; body: unknown; hidden: boolean }[]
  pushed: unknown[]
  consumers: unknown[]
  failPush: boolean
}
let cloud: Cloud
let server: Server
let base = ''

beforeEach(async () => {
  cloud = { dead: [], pushed: [], consumers: [], failPush: false }
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const result =
        request.headers.authorization === 'Bearer token'
          ? answer(`${request.method} ${request.url}`, JSON.parse(Buffer.concat(parts).toString() || 'null'))
          : undefined
      response.writeHead(result === undefined ? 403 : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ success: result !== undefined, errors: [], messages: [], result: result ?? null }))
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/client/v4`
})

afterEach(() => new Promise((closed) => server.close(closed)))

interface Sent {
  readonly batch_size: number
  readonly messages: readonly { readonly body: unknown }[]
  readonly acks: readonly { readonly lease_id: string }[]
  readonly retries: readonly { readonly lease_id: string }[]
}

function answer(route: string, body: Sent): unknown {
  const path = route.replace('/client/v4/accounts/acc/queues', '')
  if (path === 'GET ?per_page=100')
    return [
      { queue_id: 'q1', queue_name: 'counts-eu' },
      { queue_id: 'q2', queue_name: 'dead-eu' },
    ]
  if (path === 'GET /q2/consumers') return cloud.consumers
  if (path === 'POST /q2/consumers') return cloud.consumers.push(body)
  if (path === 'POST /q2/messages/pull') {
    const pulled = cloud.dead.filter(({ hidden }) => !hidden).slice(0, Math.min(3, body.batch_size))
    for (const each of pulled) each.hidden = true
    return {
      messages: pulled.map(({ id, body }) => ({ lease_id: id, body: Buffer.from(JSON.stringify(body)).toString('base64'), metadata: {} })),
    }
  }
  if (path === 'POST /q1/messages/batch') {
    if (cloud.failPush) return undefined
    return cloud.pushed.push(...body.messages.map((each) => each.body))
  }
  if (path === 'POST /q2/messages/ack') {
    cloud.dead = cloud.dead.filter(({ id }) => !body.acks.some((ack) => ack.lease_id === id))
    for (const each of cloud.dead) if (body.retries.some((retry) => retry.lease_id === each.id)) each.hidden = false
    return {}
  }
  return undefined
}

const run = (over: Partial<Redrive> = {}, token = 'token') =>
  redrive(queueApi({ account: 'acc', token, base }), { from: 'dead-eu', to: 'counts-eu', dry: false, old: false, now: NOW, ...over })

const die = (...bodies: readonly unknown[]) => {
  cloud.dead = bodies.map((body, index) => ({ id: `lease-${index}`, body, hidden: false }))
}

describe('npm run redrive', () => {
  test('brings all back, as they were, and lets the queue be pulled', async () => {
    const bodies = ['a', 'b', 'c', 'd', 'e'].map((id) => message(id))
    die(...bodies)
    expect(await run()).toEqual({ moved: 5, old: 0, foreign: 0 })
    expect(cloud.pushed).toEqual(bodies)
    expect(cloud.dead).toEqual([])
    expect(cloud.consumers).toEqual([{ type: 'http_pull' }])
    expect(await run()).toEqual({ moved: 0, old: 0, foreign: 0 })
    expect(cloud.consumers).toHaveLength(1)
  })

  test('--dry-run moves nothing', async () => {
    die(message('a'), message('b'))
    expect(await run({ dry: true })).toEqual({ moved: 2, old: 0, foreign: 0 })
    expect(cloud.pushed).toEqual([])
    expect(cloud.dead).toMatchObject([{ hidden: false }, { hidden: false }])
  })

  test('what is older than the ids are kept, and what it does not understand, stays', async () => {
    die(message('old', 24), message('young', 23), { v: 2 })
    expect(await run()).toEqual({ moved: 1, old: 1, foreign: 1 })
    expect(cloud.dead).toMatchObject([
      { id: 'lease-0', hidden: false },
      { id: 'lease-2', hidden: false },
    ])
    expect(await run({ old: true })).toEqual({ moved: 1, old: 0, foreign: 1 })
    expect(cloud.dead).toMatchObject([{ id: 'lease-2' }])
  })

  test('a push that fails loses nothing', async () => {
    die(message('a'))
    cloud.failPush = true
    await expect(run()).rejects.toThrow(RedriveFailed)
    expect(cloud.dead).toHaveLength(1)
  })

  test.each([
    ['a wrong token', () => run({}, 'wrong'), /Queues: Edit/],
    ['an unknown queue', () => run({ from: 'nowhere-eu' }), /no queue "nowhere-eu"/],
  ])('%s: says what to do', async (_what, attempt, message_) => {
    await expect(attempt()).rejects.toThrow(message_)
  })
})

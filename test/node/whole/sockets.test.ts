import { readdirSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unstable_splitSqlQuery } from 'wrangler'
import { saveSite } from '../../../src/ledger/sites.ts'
import { ROOT, workerOf } from '../../../src/tools/prove/bundle.ts'

/** What only a socket can do to a server: stall, lie about lengths, send more headers than fit. One runtime, the real D1. */
let runtime: Miniflare
let db: D1Database
let port: number

beforeAll(async () => {
  const { code } = await workerOf(join(ROOT, 'src'))
  runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: code,
      compatibilityDate: '2026-11-01',
      bindings: { SINK: 'd1', LEDGER_FLUSH_MS: '0', TOTALS_FLUSH_MS: '0', ADMIN_TOKEN_HASH: '' },
      d1Databases: { DB: 'doorplate' },
      kvNamespaces: ['RANGES'],
      ratelimits: { EVENT_LIMIT: { namespace_id: '1001', simple: { limit: 100_000, period: 60 } } },
    }),
  )
  port = Number((await runtime.ready).port)
  db = await runtime.getD1Database('DB')
  const migrations = join(ROOT, 'migrations')
  for (const file of readdirSync(migrations).sort()) {
    await db.batch(unstable_splitSqlQuery(readFileSync(join(migrations, file), 'utf8')).map((sql) => db.prepare(sql)))
  }
  const balancing = { confirmedBy: 'Test', date: '2026-01-01', reviewBy: '2099-01-01' }
  await saveSite(
    db,
    {
      id: 'shop',
      name: 'Shop',
      basis: 'legitimate-interest',
      timeZone: 'UTC',
      settings: { balancing },
      pageHosts: ['www.shop.example'],
      endpointHosts: ['t.shop.example'],
    },
    '2026-01-01',
  )
})

afterAll(() => runtime.dispose())

const EVENT = JSON.stringify({ k: 'view', p: '/' })

/** A request written by hand. */
const head = (fields: readonly string[]): string =>
  ['POST /e HTTP/1.1', 'Host: t.shop.example', 'Origin: https://www.shop.example', 'User-Agent: Mozilla/5.0', ...fields, '', ''].join(
    '\r\n',
  )

function open(text: string): { readonly socket: Socket; readonly status: Promise<number> } {
  const socket = connect(port, '127.0.0.1')
  const status = new Promise<number>((resolve) => {
    let heard = ''
    socket.on('data', (part) => {
      heard += part
      const found = /^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1]
      if (found !== undefined) resolve(Number(found))
    })
    socket.on('error', () => resolve(0))
    socket.on('close', () => resolve(0))
  })
  socket.write(text)
  return { socket, status }
}

async function answered(text: string): Promise<number> {
  const { socket, status } = open(text)
  try {
    return await status
  } finally {
    socket.destroy()
  }
}

const whole = (body = EVENT): string => head([`Content-Length: ${Buffer.byteLength(body)}`]) + body
const chunked = (body: string): string =>
  `${head(['Transfer-Encoding: chunked'])}${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`
const counted = async (): Promise<number> =>
  (await db.prepare(`SELECT sum(count) AS count FROM site_totals WHERE dimension = 'path'`).first<number>('count')) ?? 0

test('an event is counted, its body of a stated length or in chunks', async () => {
  expect(await answered(whole())).toBe(204)
  expect(await answered(chunked(EVENT))).toBe(204)
  await expect.poll(counted).toBe(2)
})

test('a body that stalls holds up nobody else, and leaves nothing when its sender goes', async () => {
  const before = await counted()
  const stalled = Array.from({ length: 20 }, () => open(`${head([`Content-Length: ${EVENT.length}`])}{"k":`))
  for (let sent = 0; sent < 5; sent += 1) expect(await answered(whole())).toBe(204)
  for (const { socket } of stalled) socket.destroy()
  await expect.poll(counted).toBe(before + 5)
})

describe('whoever lies or overdoes it', () => {
  const LONG = 'x'.repeat(60_000)

  test.each<[string, string, readonly number[]]>([
    ['2,049 bytes are too many', whole(EVENT.padEnd(2049)), [413]],
    ['2,049 bytes in chunks too', chunked(EVENT.padEnd(2049)), [413]],
    [
      '100,000 bytes in chunks behind a stated length of 5',
      head(['Content-Length: 5', 'Transfer-Encoding: chunked']) + `186a0\r\n${'x'.repeat(100_000)}\r\n0\r\n\r\n`,
      [400, 413],
    ],
    ['two lengths', head(['Content-Length: 5', 'Content-Length: 7']) + 'hello77', [400]],
    ['a length below zero', head(['Content-Length: -5']) + 'hello', [400]],
    [
      'a header of 60,000 bytes is no server error',
      head([`X-Bomb: ${LONG}`, `Content-Length: ${EVENT.length}`]) + EVENT,
      [204, 400, 413, 431, 0],
    ],
    [
      'nor are a thousand headers',
      head([...Array.from({ length: 1_000 }, (_, index) => `X-Bomb-${index}: x`), `Content-Length: ${EVENT.length}`]) + EVENT,
      [204, 400, 413, 431, 0],
    ],
    [
      'nor ten times 60,000 bytes',
      head([...Array.from({ length: 10 }, (_, index) => `X-Bomb-${index}: ${LONG}`), `Content-Length: ${EVENT.length}`]) + EVENT,
      [204, 400, 413, 431, 0],
    ],
    ['nor is what is no HTTP', 'hello\r\n\r\n', [400, 0]],
  ])('%s', async (_what, text, expected) => {
    expect(expected).toContain(await answered(text))
    // And the next visitor is served.
    expect(await answered(whole())).toBe(204)
  })
})

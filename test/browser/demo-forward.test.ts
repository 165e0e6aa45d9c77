import { createReadStream } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { BlockList } from 'node:net'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { PERSONAS } from '../../src/tools/demo/personas.ts'
import { type Demo, startDemo } from '../../src/tools/demo/server.ts'

interface Heard {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
}

/** Stands where the Worker stands and writes down what arrives. */
let heard: Heard[] = []
const worker: Server = createServer(async (visit, reply) => {
  let body = ''
  for await (const part of visit) body += part
  heard.push({ method: visit.method ?? '', url: visit.url ?? '', headers: visit.headers, body })
  reply.writeHead(204, { tk: 'N', 'cache-control': 'no-store', 'set-cookie': ['a=1', 'b=2'] }).end()
})
let demo: Demo
let at = ''
beforeAll(async () => {
  await new Promise<void>((done) => worker.listen(0, '127.0.0.1', done))
  const address = worker.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  demo = await startDemo({ port: 0, worker: `http://127.0.0.1:${port}` })
  at = `http://localhost:${demo.port}`
})
beforeEach(() => {
  heard = []
})
afterAll(async () => {
  await demo.stop()
  worker.closeAllConnections()
  await new Promise((done) => worker.close(done))
})

const visit = (as: string, headers: Record<string, string> = {}) =>
  fetch(`${at}/e`, {
    method: 'POST',
    headers: { origin: at, referer: `${at}/products?as=${as}`, 'content-type': 'text/plain', ...headers },
    body: '{"k":"view","p":"/products"}',
  })

test.each(PERSONAS)('an event of $label arrives as Cloudflare would hand it on', async ({ id, address, gpc }) => {
  const reply = await visit(id)
  expect([reply.status, reply.headers.get('tk'), reply.headers.getSetCookie()]).toEqual([204, 'N', ['a=1', 'b=2']])
  expect(heard).toEqual([expect.objectContaining({ method: 'POST', url: '/e', body: '{"k":"view","p":"/products"}' })])
  const headers = heard[0]?.headers ?? {}
  expect(headers).toMatchObject({ 'cf-connecting-ip': address, 'content-type': 'text/plain', origin: at, host: new URL(at).host })
  expect(headers['sec-gpc']).toBe(gpc ? '1' : undefined)
})

test('the gate’s headers go along, nothing else does', async () => {
  await visit('bmw', {
    cookie: 'doorplate_optout=1',
    dnt: '1',
    'x-opt-out': '1',
    'user-agent': 'Test/1',
    'cf-connecting-ip': '192.0.2.1',
    'x-forwarded-for': '192.0.2.1',
    'x-real-ip': '192.0.2.1',
    authorization: 'Bearer dp_test',
  })
  const headers = heard[0]?.headers ?? {}
  expect(headers).toMatchObject({ cookie: 'doorplate_optout=1', dnt: '1', 'x-opt-out': '1', 'user-agent': 'Test/1' })
  expect(headers['cf-connecting-ip']).toBe(PERSONAS[0]?.address)
  for (const name of ['referer', 'x-forwarded-for', 'x-real-ip', 'authorization']) expect(headers[name]).toBeUndefined()
})

test.each(['DELETE', 'GET', 'POST'])('%s is the Worker’s to judge', async (method) => {
  await fetch(`${at}/e`, { method })
  expect(heard[0]?.method).toBe(method)
})

test.each(['/d.js', '/opt-out?lang=de', '/you', '/.well-known/gpc.json'])('%s is Doorplate’s, query and all', async (path) => {
  await fetch(at + path)
  expect(heard[0]?.url).toBe(path)
})

test.each(['/', '/e/', '/d.jsx', '/opt-outs', '/admin'])('%s is the website’s', async (path) => {
  await fetch(at + path)
  expect(heard).toEqual([])
})

test.each([undefined, '', 'nonsense', 'http://localhost/?as=nobody'])(
  'with the referer %j a visitor is the first persona',
  async (referer) => {
    await fetch(`${at}/e`, { method: 'POST', body: '{}', headers: referer === undefined ? {} : { referer } })
    expect(heard[0]?.headers['cf-connecting-ip']).toBe(PERSONAS[0]?.address)
  },
)

test('a Worker that is not there is said to be not there', async () => {
  const lonely = await startDemo({ port: 0, worker: 'http://127.0.0.1:1' })
  const reply = await fetch(`http://localhost:${lonely.port}/e`, { method: 'POST', body: '{}' })
  expect([reply.status, await reply.text()]).toEqual([502, 'The Worker does not answer.\n'])
  await lonely.stop()
})

test('every persona’s address is announced by the network it stands for', async () => {
  const source = new URL('../../node_modules/@ip-location-db/asn/asn-ipv4.csv', import.meta.url)
  const networks = new Map(PERSONAS.map(({ asn }) => [String(asn), new BlockList()]))
  for await (const line of createInterface({ input: createReadStream(source) })) {
    const [first = '', last = '', asn = ''] = line.split(',', 3)
    networks.get(asn)?.addRange(first, last)
  }
  for (const { label, address, asn } of PERSONAS) expect([label, networks.get(String(asn))?.check(address)]).toEqual([label, true])
})

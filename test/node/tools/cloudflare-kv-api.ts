import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The few routes of Cloudflare's REST API that `wrangler kv --remote` uses, over a map. Answers have the shape that
 * the API's documentation gives.
 */
export interface FakeApi {
  readonly url: string
  readonly values: Map<string, { value: Buffer; metadata: unknown }>
  close(): Promise<void>
}

const NAMESPACE = 'a'.repeat(32)

export async function fakeKvApi(): Promise<FakeApi> {
  const values: FakeApi['values'] = new Map()
  const server: Server = createServer((request, response) => {
    void answer(request, values).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json' })
      response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body))
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/client/v4`, values, close: () => new Promise((closed) => server.close(() => closed())) }
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

const ok = (result: unknown, info: object = {}): Answer => ({
  status: 200,
  body: { success: true, errors: [], messages: [], result, ...info },
})
const failed = (status: number, code: number, message: string): Answer => ({
  status,
  body: { success: false, errors: [{ code, message }], messages: [], result: null },
})

async function answer(request: IncomingMessage, values: FakeApi['values']): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const route = pathname.replace(/^\/client\/v4\/accounts\/[^/]+/, '')
  if (route.startsWith('/workers/') && route.endsWith('/settings')) {
    return ok({ bindings: [{ type: 'kv_namespace', name: 'RANGES', namespace_id: NAMESPACE }] })
  }
  const base = `/storage/kv/namespaces/${NAMESPACE}`
  if (route === `${base}/keys`) {
    const prefix = searchParams.get('prefix') ?? ''
    const result = [...values].filter(([name]) => name.startsWith(prefix)).map(([name, { metadata }]) => ({ name, metadata }))
    return ok(result, { result_info: { count: result.length, cursor: '' } })
  }
  if (route === `${base}/bulk` && request.method === 'DELETE') {
    for (const key of JSON.parse(await bodyOf(request)) as string[]) values.delete(key)
    return ok({})
  }
  if (route === `${base}/bulk`) {
    for (const pair of JSON.parse(await bodyOf(request)) as { key: string; value: string; base64?: boolean; metadata?: unknown }[]) {
      values.set(pair.key, { value: Buffer.from(pair.value, pair.base64 === true ? 'base64' : 'utf8'), metadata: pair.metadata })
    }
    return ok({ successful_key_count: 1, unsuccessful_keys: [] })
  }
  if (route.startsWith(`${base}/values/`)) {
    const found = values.get(decodeURIComponent(route.slice(`${base}/values/`.length)))
    return found === undefined ? failed(404, 10009, "get: 'key not found'") : { status: 200, body: found.value }
  }
  return failed(404, 7003, `no route ${request.method} ${route}`)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'

/**
 * The few routes of Cloudflare's REST API that wrangler uses to deploy, migrate, publish and delete, over real state: an
 * account that starts empty. The databases are SQLite, so migrations and queries are really run.
 */
export interface FakeAccount {
  readonly url: string
  readonly scripts: Map<string, FakeScript>
  readonly databases: Map<string, { readonly name: string; readonly jurisdiction: string | null; readonly db: DatabaseSync }>
  readonly namespaces: Map<string, { readonly title: string; readonly values: Map<string, { value: Buffer; metadata: unknown }> }>
  readonly queues: Map<string, { readonly name: string; readonly consumers: readonly object[] }>
  /** Routes that were asked and are not here. */
  readonly unknown: string[]
  /** What a child process needs to speak to it. */
  readonly environment: Record<string, string>
  close(): Promise<void>
}

export interface FakeScript {
  code: string
  bindings: { type: string; name: string; text?: string; id?: string; database_id?: string; namespace_id?: string }[]
  secrets: Map<string, string>
  observability: unknown
  logpush: boolean
  schedules: unknown[]
  domains: string[]
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

interface Asked {
  readonly method: string
  /** Behind the account. */
  readonly route: string
  readonly query: URLSearchParams
  readonly form: () => Promise<FormData>
  readonly json: () => Promise<unknown>
}

export const ACCOUNT = '0'.repeat(32)

const ok = (result: unknown, info: object = {}): Answer => ({
  status: 200,
  body: { success: true, errors: [], messages: [], result, ...info },
})
const refused = (status: number, code: number, message: string): Answer => ({
  status,
  body: { success: false, errors: [{ code, message }], messages: [], result: null },
})
const listed = (items: readonly unknown[]): Answer =>
  ok(items, { result_info: { count: items.length, page: 1, per_page: 100, total_count: items.length, total_pages: 1, cursor: '' } })

export async function fakeAccount(): Promise<FakeAccount> {
  const unknown: string[] = []
  const state = {
    scripts: new Map<string, FakeScript>(),
    databases: new Map() as FakeAccount['databases'],
    namespaces: new Map() as FakeAccount['namespaces'],
    queues: new Map() as FakeAccount['queues'],
  }
  const server = createServer((request, response) => {
    void answer(request, state, unknown)
      .catch((error: unknown) => refused(500, 1, String(error)))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json' })
        response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body))
      })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/client/v4`
  return {
    url,
    ...state,
    unknown,
    environment: { CLOUDFLARE_API_BASE_URL: url, CLOUDFLARE_API_TOKEN: 'no-real-token', CLOUDFLARE_ACCOUNT_ID: ACCOUNT, CI: 'true' },
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}

type State = Pick<FakeAccount, 'scripts' | 'databases' | 'namespaces' | 'queues'>

async function answer(request: IncomingMessage, state: State, unknown: string[]): Promise<Answer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const path = pathname.replace(/^\/client\/v4/, '')
  const type = request.headers['content-type'] ?? ''
  const asked: Asked = {
    method: request.method ?? 'GET',
    route: path.replace(`/accounts/${ACCOUNT}`, ''),
    query: searchParams,
    form: () => new Response(body, { headers: { 'content-type': type } }).formData(),
    json: async () => JSON.parse(body.toString('utf8') || 'null'),
  }
  // Everything fits on the first page.
  if (Number(searchParams.get('page') ?? '1') > 1) return listed([])
  const found =
    personal(path) ??
    (await scripts(asked, state)) ??
    (await databases(asked, state)) ??
    (await values(asked, state)) ??
    (await queues(asked, state))
  if (found !== null) return found
  unknown.push(`${asked.method} ${asked.route}`)
  return refused(404, 7003, `no route ${asked.method} ${asked.route}`)
}

function personal(path: string): Answer | null {
  if (path === '/user') return ok({ id: 'u', email: 'ann@example.com' })
  if (path === '/user/tokens/verify') return ok({ id: 't', status: 'active' })
  if (path === '/accounts') return listed([{ id: ACCOUNT, name: 'Example' }])
  if (path === '/memberships') return listed([{ id: 'm', account: { id: ACCOUNT, name: 'Example' } }])
  return null
}

async function scripts({ method, route, form, json }: Asked, { scripts }: State): Promise<Answer | null> {
  const [, name = '', rest = ''] = /^\/workers\/(?:scripts|services)\/([^/]+)(.*)$/.exec(route) ?? []
  if (route === '/workers/subdomain') return ok({ subdomain: 'example' })
  if (/^\/workers\/durable_objects/.test(route)) return listed([])
  if (/^\/workers\/workers\//.test(route)) return ok({ id: 'w', name: 'doorplate', subdomain: { enabled: true, previews_enabled: false } })
  if (/^\/workers\/domains\/records/.test(route)) return listed([])
  if (name === '') return null
  const missing = refused(404, 10007, 'This Worker does not exist on your account.')
  const script = scripts.get(name)
  if (rest === '/assets-upload-session') return ok({ jwt: 'x.eyJleHAiOjk5OTk5OTk5OTl9.x', buckets: [] })
  if (route.startsWith('/workers/services/')) {
    if (method === 'DELETE') {
      scripts.delete(name)
      return script === undefined ? missing : ok(null)
    }
    if (script === undefined) return refused(404, 10090, 'This service does not exist.')
    const environment = { environment: 'production', script: { tag: 't', last_deployed_from: 'wrangler' } }
    return ok(rest === '' ? { id: name, default_environment: environment } : environment)
  }
  if (rest === '' && method === 'PUT') return upload(name, await form(), scripts)
  if (rest === '/secrets' && method === 'PUT') {
    const { name: secret, text } = (await json()) as { name: string; text: string }
    script?.secrets.set(secret, text)
    return script === undefined ? missing : ok({ name: secret, type: 'secret_text' })
  }
  if (script === undefined) return missing
  switch (rest) {
    case '':
      if (method === 'DELETE') scripts.delete(name)
      return ok(null)
    case '/secrets':
      return ok([...script.secrets.keys()].map((secret) => ({ name: secret, type: 'secret_text' })))
    case '/settings':
    case '/script-settings':
      if (method === 'PATCH') Object.assign(script, await json())
      return ok({
        bindings: [...script.bindings, ...[...script.secrets.keys()].map((secret) => ({ type: 'secret_text', name: secret }))],
        observability: script.observability,
        logpush: script.logpush,
        tail_consumers: [],
      })
    case '/schedules':
      if (method === 'PUT') script.schedules = (await json()) as unknown[]
      return ok({ schedules: script.schedules })
    case '/domains/records':
    case '/domains':
      if (method === 'PUT') script.domains = ((await json()) as { origins: { hostname: string }[] }).origins.map(({ hostname }) => hostname)
      return ok([])
    case '/domains/changeset':
      return ok({ added: [], removed: [], updated: [], conflicting: [] })
    case '/subdomain':
      return ok({ enabled: true, previews_enabled: false })
    case '/deployments':
      return ok({ deployments: [] })
    case '/versions':
      if (method === 'POST') return upload(name, await form(), scripts)
      return ok({ items: [] })
    default:
      return null
  }
}

async function upload(name: string, form: FormData, scripts: State['scripts']): Promise<Answer> {
  const metadata = JSON.parse(String(form.get('metadata'))) as {
    main_module: string
    bindings: FakeScript['bindings']
    observability?: unknown
    logpush?: boolean
  }
  const before = scripts.get(name)
  const main = form.get(metadata.main_module)
  const secrets = new Map(before?.secrets)
  for (const { type, name: secret, text } of metadata.bindings) if (type === 'secret_text') secrets.set(secret, text ?? '')
  scripts.set(name, {
    code: typeof main === 'string' || main === null ? String(main) : await main.text(),
    bindings: metadata.bindings.filter(({ type }) => type !== 'secret_text'),
    secrets,
    observability: metadata.observability ?? null,
    logpush: metadata.logpush ?? false,
    schedules: before?.schedules ?? [],
    domains: before?.domains ?? [],
  })
  return ok({
    id: name,
    tag: 't',
    pipeline_hash: 'h',
    startup_time_ms: 7,
    deployment_id: 'd',
    entry_point: metadata.main_module,
    resources: { script: { etag: 'e', handlers: [] } },
  })
}

async function databases({ method, route, query, json }: Asked, { databases }: State): Promise<Answer | null> {
  const [, id = '', rest = ''] = /^\/d1\/database(?:\/([^/]+))?(.*)$/.exec(route) ?? []
  if (!route.startsWith('/d1/database')) return null
  if (id === '') {
    if (method === 'GET') {
      const wanted = query.get('name')
      return listed(
        [...databases]
          .filter(([, { name }]) => wanted === null || name === wanted)
          .map(([uuid, { name, jurisdiction }]) => ({ uuid, name, jurisdiction, version: 'production' })),
      )
    }
    const { name, jurisdiction } = (await json()) as { name: string; jurisdiction?: string }
    const uuid = `00000000-0000-4000-8000-${String(databases.size + 1).padStart(12, '0')}`
    databases.set(uuid, { name, jurisdiction: jurisdiction ?? null, db: new DatabaseSync(':memory:') })
    return ok({ uuid, name, jurisdiction })
  }
  // By id or by name.
  const [key = '', database] = [...databases].find(([uuid, { name }]) => uuid === id || name === id) ?? []
  if (database === undefined) return refused(404, 7404, 'The database could not be found')
  if (rest === '') {
    if (method === 'DELETE') databases.delete(key)
    return ok({ uuid: key, name: database.name, jurisdiction: database.jurisdiction, version: 'production' })
  }
  if (rest === '/query' || rest === '/raw') {
    const { sql } = (await json()) as { sql: string }
    return ok(
      statementsOf(sql).map((statement) => ({
        success: true,
        meta: { duration: 0, rows_read: 0, rows_written: 0 },
        results: run(database.db, statement),
      })),
    )
  }
  return null
}

/** A text of several statements, cut where a semicolon stands outside of quotes and comments. */
function statementsOf(sql: string): string[] {
  const parts = sql.match(/(?:'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|[^;'"-]|-)+/g) ?? []
  return parts.filter((part) => part.replaceAll(/--[^\n]*/g, '').trim() !== '')
}

function run(db: DatabaseSync, sql: string): unknown[] {
  return db.prepare(sql).all()
}

async function values({ method, route, query, json }: Asked, { namespaces }: State): Promise<Answer | null> {
  const [, id = '', rest = ''] = /^\/storage\/kv\/namespaces(?:\/([^/]+))?(.*)$/.exec(route) ?? []
  if (!route.startsWith('/storage/kv/namespaces')) return null
  if (id === '') {
    if (method === 'GET') return listed([...namespaces].map(([each, { title }]) => ({ id: each, title })))
    const { title } = (await json()) as { title: string }
    const made = String(namespaces.size + 1).padStart(32, 'a')
    namespaces.set(made, { title, values: new Map() })
    return ok({ id: made, title })
  }
  const namespace = namespaces.get(id)
  if (namespace === undefined) return refused(404, 10013, 'namespace not found')
  const { values } = namespace
  if (rest === '') {
    if (method === 'DELETE') namespaces.delete(id)
    return ok({ id, title: namespace.title })
  }
  if (rest === '/keys') {
    const prefix = query.get('prefix') ?? ''
    return listed([...values].filter(([name]) => name.startsWith(prefix)).map(([name, { metadata }]) => ({ name, metadata })))
  }
  if (rest === '/bulk' && method === 'DELETE') {
    for (const key of (await json()) as string[]) values.delete(key)
    return ok({})
  }
  if (rest === '/bulk') {
    for (const pair of (await json()) as { key: string; value: string; base64?: boolean; metadata?: unknown }[]) {
      values.set(pair.key, { value: Buffer.from(pair.value, pair.base64 === true ? 'base64' : 'utf8'), metadata: pair.metadata })
    }
    return ok({ successful_key_count: 1, unsuccessful_keys: [] })
  }
  if (rest.startsWith('/values/')) {
    const found = values.get(decodeURIComponent(rest.slice('/values/'.length)))
    return found === undefined ? refused(404, 10009, "get: 'key not found'") : { status: 200, body: found.value }
  }
  return null
}

async function queues({ method, route, query, json }: Asked, { queues }: State): Promise<Answer | null> {
  const [, id = '', rest = ''] = /^\/queues(?:\/([^/]+))?(.*)$/.exec(route) ?? []
  if (!route.startsWith('/queues')) return null
  if (id === '') {
    if (method === 'GET') {
      const wanted = query.get('name')
      return listed(
        [...queues]
          .filter(([, { name }]) => wanted === null || name === wanted)
          .map(([queue_id, { name, consumers }]) => ({ queue_id, queue_name: name, consumers, producers: [] })),
      )
    }
    const { queue_name: name } = (await json()) as { queue_name: string }
    queues.set(`q${queues.size + 1}`, { name, consumers: [] })
    return ok({ queue_id: `q${queues.size}`, queue_name: name })
  }
  if (rest === '' && method === 'DELETE') {
    queues.delete(id)
    return ok({})
  }
  return rest === '/consumers' ? listed([]) : null
}

/**
 * What a visitor can ask Doorplate itself: the switch, "what would you know about me?", and the statements for
 * machines. Nothing of it leaves a trace.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './bundle.ts'
import type { Role } from './canaries.ts'
import type { Path } from './paths.ts'

const HOST = 't.shop.canary.example'
const ORIGIN = `http://${HOST}`

const page = (name: string, from: Role, status: number, path: string, headers: Readonly<Record<string, string>> = {}): Path => ({
  name: `page: ${name}`,
  from,
  share: 1,
  status,
  leaves: 'nothing',
  request: () => ({ method: 'GET', path, headers: { Host: HOST, ...headers } }),
})

const post = (
  name: string,
  from: Role,
  status: number,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Path => ({
  ...page(name, from, status, path),
  request: () => ({
    method: 'POST',
    path,
    headers: { Host: HOST, Origin: ORIGIN, 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body,
  }),
})

const GPC = { 'Sec-GPC': '1' }

export const PAGES: readonly Path[] = [
  page('opt-out', 'objector', 200, '/opt-out?lang=de'),
  page('opt-out with an objection', 'objector', 200, '/opt-out?lang=en', GPC),
  page('opt-out where it cannot reach', 'objector', 200, '/opt-out', { Host: 'doorplate.example' }),
  post('opting out', 'objector', 200, '/opt-out', 'choice=object'),
  post('opting in again', 'objector', 200, '/opt-out', 'choice=withdraw'),
  post('opting in from elsewhere', 'objector', 200, '/opt-out', 'choice=withdraw', { Origin: 'https://elsewhere.example' }),
  page('you, listed', 'listed', 200, '/you?lang=de'),
  page('you, unlisted', 'unlisted', 200, '/you?lang=en'),
  page('you, kind not shown', 'hidden', 200, '/you'),
  page('you, with an objection', 'objector', 200, '/you', GPC),
  post('you, once in spite of an objection', 'objector', 200, '/you', '', GPC),
  post('you, sent by a stranger’s page in spite of an objection', 'objector', 200, '/you', '', {
    ...GPC,
    Origin: 'https://elsewhere.example',
  }),
  page('you, on no site', 'listed', 404, '/you', { Host: 'doorplate.example' }),
  page('GPC statement', 'objector', 200, '/.well-known/gpc.json'),
  page('tracking status', 'objector', 200, '/.well-known/dnt/'),
  page('manifest', 'objector', 200, '/.well-known/doorplate.json'),
  page('manifest of no site', 'objector', 404, '/.well-known/doorplate.json', { Host: 'doorplate.example' }),
]

/** The static files, which are answered before the Worker runs: every one there is. `_headers` is no file of its own. */
export function filePaths(): readonly Path[] {
  const names = readdirSync(join(ROOT, 'dist/assets'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '_headers')
    .map(({ name }) => name)
  return names.flatMap((name) => [
    page(`file ${name}`, 'listed', 200, `/${name}`),
    page(`file ${name}, known already`, 'unlisted', 200, `/${name}`, { 'If-None-Match': '"0123456789abcdef"' }),
    page(`file ${name}, with an objection`, 'objector', 200, `/${name}`, GPC),
  ])
}

const broken = (path: Path, fault: NonNullable<Path['fault']>): Path => ({ ...path, name: `${path.name}, broken: ${fault}`, fault })

/** In a cold Worker that can read neither its sites nor its table. */
export const PAGES_COLD: readonly Path[] = [
  broken(page('you', 'listed', 404, '/you'), 'd1-echoes'),
  broken(page('opt-out', 'listed', 200, '/opt-out'), 'd1-echoes'),
  broken(page('you', 'listed', 200, '/you'), 'kv-echoes'),
]

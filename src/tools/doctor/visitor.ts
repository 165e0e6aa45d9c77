/** What a visitor's browser gets from an installation: nothing more and nothing else than Doorplate sends. */
import type { SnippetFile } from '../build/snippet.ts'
import { type Check, ok, type Result, wrong } from './finding.ts'
import { type Answer, strangersIn } from './zone.ts'

/** A clock that is wrong by an hour puts visits into the wrong hour; a minute is the network's. */
const CLOCK_S = 120

export interface Visiting {
  readonly url: string
  readonly built: readonly SnippetFile[]
  readonly now: () => number
  readonly ask?: typeof fetch
}

export function visitorChecks({ url, built, now, ask = fetch }: Visiting): readonly Check[] {
  const get = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await ask(new URL(path, url), { redirect: 'manual', ...init })
    return { path, status: response.status, headers: response.headers, body: await response.text() }
  }
  return [
    { name: '/d.js', look: async () => snippet(await get('/d.js'), built) },
    { name: '/e', look: async () => event(await get('/e', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' })) },
    { name: '/opt-out', look: async () => page(await get('/opt-out'), 200) },
    { name: 'well-known', look: () => wellKnown(get) },
    { name: 'clock', look: async () => clock(await get('/.well-known/gpc.json'), now()) },
  ]
}

function clean(answer: Answer, says: string): Result {
  const [stranger] = strangersIn(answer)
  return stranger === undefined ? ok(says) : wrong(stranger)
}

function page(answer: Answer, status: number): Result {
  const strange = clean(answer, 'reachable, no cookie, no script')
  if (strange.state !== 'ok') return strange
  return answer.status === status ? strange : wrong(`${answer.path} answers ${answer.status}: is this the Worker’s host?`)
}

function snippet(answer: Answer, built: readonly SnippetFile[]): Result {
  const reached = page(answer, 200)
  if (reached.state !== 'ok') return reached
  const [ours] = built
  const bytes = Buffer.from(answer.body)
  if (ours === undefined || Buffer.compare(bytes, ours.bytes) === 0) return ok(`${bytes.length} bytes, equal to the build`)
  return wrong(
    `/d.js (${bytes.length} bytes) is not what this version builds (${ours.sizes.raw}): npm run deploy, or something changes it on the way (Auto Minify, Rocket Loader)`,
  )
}

function event(answer: Answer): Result {
  const reached = page(answer, 204)
  if (reached.state !== 'ok') return reached
  if (answer.headers.get('cache-control') !== 'no-store')
    return wrong('/e lacks "Cache-Control: no-store": a cache or transform rule changes its answer')
  if (answer.headers.get('tk') !== 'N') return wrong('/e lacks "Tk: N": a transform rule changes its answer')
  return ok('204 whatever is sent, no cookie, not cached')
}

async function wellKnown(get: (path: string) => Promise<Answer>): Promise<Result> {
  const gpc = await get('/.well-known/gpc.json')
  if (gpc.status !== 200 || !/"gpc":\s*true/.test(gpc.body))
    return wrong(`/.well-known/gpc.json answers ${gpc.status}: a page rule or another Worker takes /.well-known`)
  const dnt = await get('/.well-known/dnt/')
  if (dnt.status !== 200) return wrong(`/.well-known/dnt/ answers ${dnt.status}: a page rule or another Worker takes /.well-known`)
  const manifest = await get('/.well-known/doorplate.json')
  for (const answer of [gpc, dnt, manifest]) {
    const [stranger] = strangersIn(answer)
    if (stranger !== undefined) return wrong(stranger)
  }
  return manifest.status === 200
    ? ok('gpc.json, dnt, doorplate.json')
    : wrong('/.well-known/doorplate.json is 404: no site reaches Doorplate on this host: npm run sites -- set ID --endpoint THIS-HOST')
}

function clock(answer: Answer, now: number): Result {
  const there = Date.parse(answer.headers.get('date') ?? '')
  if (Number.isNaN(there)) return ok('no date in the answer; the Worker uses Cloudflare’s clock')
  const seconds = Math.round(Math.abs(there - now) / 1000)
  return seconds <= CLOCK_S
    ? ok(`${seconds} s apart`)
    : wrong(`this machine and the Worker are ${seconds} s apart: set this machine’s clock`)
}

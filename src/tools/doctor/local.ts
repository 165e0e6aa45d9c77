/** `npm run doctor`: this machine's installation, with the Worker started for as long as it takes to look at it. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSites } from '../../ledger/sites.ts'
import { POINTER_KEY, readPointer } from '../../ranges/pointer.ts'
import { bundleSnippet } from '../build/snippet.ts'
import { CANARIES } from '../prove/canaries.ts'
import { stateEvidence } from '../prove/evidence.ts'
import { Finder, prepare } from '../prove/finder.ts'
import { allSecrets } from '../prove/secrets.ts'
import { localKv } from '../ranges/local-kv.ts'
import { withBindings } from '../start/local-bindings.ts'
import { isUsableToken } from '../start/options.ts'
import { isFree } from '../start/ports.ts'
import { tokenHash } from '../start/token.ts'
import { startWorker } from '../start/worker.ts'
import { askAs } from './ask.ts'
import { type Finding, lookAt, ok, type Result, wrong } from './finding.ts'
import { Operator } from './operator.ts'
import { projectChecks } from './project.ts'
import { filesOf, storeChecks } from './stores.ts'
import { visitorChecks } from './visitor.ts'

export interface LocalDoctor {
  readonly root: string
  readonly state: string
  readonly tokenFile: string
  readonly now: () => number
}

export async function examineHere(
  { root, state, tokenFile, now }: LocalDoctor,
  tell: (finding: Finding) => void,
): Promise<readonly Finding[]> {
  const today = new Date(now()).toISOString().slice(0, 10)
  const migrations = join(root, 'migrations')
  const project = await lookAt(projectChecks(root, process.version), tell)
  const { stores, host, published } = await withBindings(state, async ({ DB, RANGES }) => {
    const kv = localKv(RANGES)
    const stores = await lookAt(storeChecks({ db: DB, kv }, migrations, today), tell)
    const pointer = readPointer(await RANGES.get(POINTER_KEY, 'json').catch(() => null))
    const published = new Set([pointer, pointer?.previous].flatMap((table) => Object.values(table?.files ?? {})))
    return {
      stores,
      host: await readSites(DB).then(
        ({ byEndpointHost }) => [...byEndpointHost.keys()][0],
        () => undefined,
      ),
      published,
    }
  })
  const found = [...project, ...stores]
  const token = existsSync(tokenFile) ? (await readFile(tokenFile, 'utf8')).trim() : null
  const secret = secretCheck(token, tokenFile)
  if (token === null || secret.state !== 'ok') return [...found, ...(await lookAt([{ name: 'secret', look: () => secret }], tell))]
  // Without its tables the Worker could only say the same once more.
  if (stores.some(({ check, state }) => check === 'migrations' && state === 'wrong')) return found
  return [...found, ...(await examineWorker({ root, state, token, host, published, now }, tell))]
}

function secretCheck(token: string | null, file: string): Result {
  if (token === null) return wrong(`${file} is missing: npm run setup -- --local --yes makes a token`)
  return isUsableToken(token) ? ok() : wrong(`${file} does not hold a usable token: delete it, then npm run setup -- --local --yes`)
}

interface Running {
  readonly root: string
  readonly state: string
  readonly token: string
  /** On which the first site reaches Doorplate. */
  readonly host: string | undefined
  /** SHA-256 of the values of the range table: they are compared with the build, not searched. */
  readonly published: ReadonlySet<string>
  readonly now: () => number
}

async function examineWorker(
  { root, state, token, host, published, now }: Running,
  tell: (finding: Finding) => void,
): Promise<readonly Finding[]> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const said: string[] = []
  const worker = startWorker({ port, state, tokenHash: tokenHash(token), say: (line) => said.push(line) })
  try {
    const started = await lookAt([{ name: 'Worker', look: () => worker.ready.then(() => ok('starts and answers')) }], tell)
    if (started.some((finding) => finding.state !== 'ok')) return started
    const ask = host === undefined ? fetch : askAs(host)
    const [visitor] = CANARIES.filter(({ role, family }) => role === 'unlisted' && family === 4)
    const address = visitor?.address ?? ''
    const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))
    const operator = new Operator({ url, token, now, wait, patienceMs: 15_000, address })
    const built = await bundleSnippet(join(root, 'src/snippet'))
    const files = await filesOf(join(root, 'migrations'))
    return [
      ...started,
      ...(await lookAt(
        [
          { name: 'secret', look: () => operator.secret() },
          // First of what asks the Worker for its sites: it keeps the list for a minute.
          { name: 'canary', look: () => operator.canary() },
          { name: 'canary’s address', look: () => nowhere(state, address, published, said) },
          { name: 'hourly work there', look: () => hourlyWork(url, operator) },
          ...operator.checks(files).filter(({ name }) => name === 'shed events'),
          ...visitorChecks({ url, built, now, ask }),
        ],
        tell,
      )),
    ]
  } finally {
    await worker.stop()
  }
}

/** Locally nothing runs by the clock, so it is run now. */
async function hourlyWork(url: string, operator: Operator): Promise<Result> {
  await (await fetch(new URL('/cdn-cgi/local/scheduled', url))).body?.cancel()
  return operator.hourlyWork()
}

/** The canary's address, in any form that the proof knows, in what the state folder and the output hold. */
function nowhere(state: string, address: string, published: ReadonlySet<string>, said: readonly string[]): Result {
  const day = new Date().toISOString().slice(0, 10)
  const finder = new Finder(prepare(allSecrets([day]).filter(({ name }) => name.endsWith(` ${address}`))))
  for (const evidence of stateEvidence(state, published).evidence) finder.look(evidence)
  finder.look({ place: 'console', where: 'the Worker’s output', bytes: Buffer.from(said.join('\n')) })
  const [find] = finder.finds()
  return find === undefined ? ok('in no byte that was stored or printed') : wrong(`found in ${find.where}: report it (docs/security.md)`)
}

async function freePort(): Promise<number> {
  for (let port = 20_000 + (createHash('sha256').update(`${process.pid}`).digest().readUInt16BE() % 20_000); ; port += 1) {
    if (await isFree(port)) return port
  }
}

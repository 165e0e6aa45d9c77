/**
 * A whole proof: lives of the Worker one after the other on the same state, and the search through all they left.
 *
 * First life: objections into a cold Worker, then missing consent, then everything else, warm broken bindings too.
 * Then cold lives with broken bindings, one that is shut down in the middle of a burst, and one with the local
 * runtime's store of traces switched on.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Response } from 'miniflare'
import type { CompiledTable } from '../../compile/table.ts'
import { ACCESS_KEYS, openTeam } from './access.ts'
import { ADMIN, ADMIN_FAULTS, ADMIN_MISTAKES, API_DOCUMENT, ASKING, LOG_IN, signedInPaths } from './admin-paths.ts'
import { readSurface } from './admin-surface.ts'
import { apiReads } from './api-calls.ts'
import { type Bundle, bundleModule } from './bundle.ts'
import { CANARIES } from './canaries.ts'
import {
  askedForCheck,
  type Check,
  filesCheck,
  nothingSentCheck,
  objectionChecks,
  oneAnswerCheck,
  surfaceCheck,
  twinsCheck,
  warmObjectionsCheck,
} from './checks.ts'
import { CHECKED_HTML, CHECKED_PAGE } from './desk-deeds.ts'
import { workAtDesk } from './desk-life.ts'
import { type AtRest, exportEvidence, heardEvidence, kvEvidence, type Published, queueEvidence, stateEvidence } from './evidence.ts'
import { type Find, Finder, type Prepared } from './finder.ts'
import { Journal } from './journal.ts'
import { filePaths, PAGES, PAGES_COLD } from './page-paths.ts'
import { BURSTS, FAULTS_COLD, FAULTS_WARM, OBJECTIONS, QUEUED, QUEUED_AGAIN, TRAFFIC, WITHHELD } from './paths.ts'
import { measureReach, type Reach } from './reach.ts'
import type { Heard } from './runtime.ts'
import { Session } from './session.ts'
import { furnish } from './sites.ts'
import { compileProofTable, publishProofTable } from './table.ts'
import { traced } from './traces.ts'

/**
 * `broken`: cold Workers with broken bindings, and a shutdown in the middle of a burst; `desk`: operators use all of the admin;
 * `twins`: other people of the same companies do the same.
 */
export const LIVES = ['broken', 'queue', 'desk', 'twins'] as const
export type Life = (typeof LIVES)[number]

export interface RunOptions {
  readonly worker: Bundle
  readonly prepared: Prepared
  /** Events of visitors, roughly. */
  readonly events: number
  /** A module put in front of the Worker, to plant a leak on purpose. It imports the Worker as `./proved.mjs`. */
  readonly before?: string
  /** Folder of the migrations, where they are not the project's own. */
  readonly migrations?: string
  /** Lives beside the first and the one with its traces on; all of them unless told otherwise. */
  readonly lives?: readonly Life[]
  readonly say?: (step: string) => void
}

export interface Run {
  readonly sent: { readonly events: number; readonly others: number; readonly paths: number }
  readonly finds: readonly Find[]
  readonly checks: readonly Check[]
  readonly reach: readonly Reach[]
  readonly wrongAnswers: readonly string[]
  /** Values of the range table that are byte for byte those of the build. */
  readonly compared: number
  readonly finder: Finder
}

export async function runProof(options: RunOptions): Promise<Run> {
  const { events, say = () => undefined } = options
  const lives = new Set<Life>(options.lives ?? LIVES)
  const scene = await setScene(options)
  try {
    say('traffic')
    const checks = [...(await firstLife(scene, options))]
    if (lives.has('broken')) {
      say('broken bindings, shutdown and restart')
      await brokenLives(scene, events)
      await cutOffLife(scene, events)
    }
    if (lives.has('queue')) {
      say('through the queue')
      await queueLife(scene, events)
    }
    if (lives.has('desk')) {
      say('operators at their desk')
      checks.push(...(await deskLife(scene)))
    }
    say('traces on')
    const reach = await tracedLife(scene, events)
    checks.push(oneAnswerCheck(scene.journal), nothingSentCheck(scene.heard))
    if (lives.has('twins')) {
      say('other people of the same companies')
      checks.push(await twinsCheck(scene, Math.round(events * 0.05)))
    }
    say('search')
    for (const evidence of [...heardEvidence(scene.heard), ...scene.journal.evidence()]) scene.finder.look(evidence)
    const { journal, finder, compared } = scene
    const sent = { events: journal.events, others: journal.requests - journal.events, paths: journal.sent().length }
    return { sent, finds: finder.finds(), checks, reach, wrongAnswers: journal.wrong(), compared: compared.values, finder }
  } finally {
    rmSync(scene.folder, { recursive: true, force: true })
  }
}

/** What the lives share. */
interface Scene {
  readonly folder: string
  readonly state: string
  readonly modules: Readonly<Record<string, string>>
  readonly table: CompiledTable
  readonly migrations: string | undefined
  readonly published: Published
  readonly heard: Heard
  readonly journal: Journal
  readonly finder: Finder
  readonly compared: { values: number }
}

async function setScene({ worker, prepared, before, migrations }: RunOptions): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'doorplate-prove-'))
  const entry = await bundleModule(join(import.meta.dirname, 'worker/entry.ts'))
  const table = await compileProofTable(join(folder, 'sources'))
  return {
    folder,
    state: join(folder, 'state'),
    modules: {
      'entry.mjs': entry,
      ...(before === undefined ? { 'worker.mjs': worker.code } : { 'worker.mjs': before, 'proved.mjs': worker.code }),
    },
    table,
    migrations,
    published: new Set([...table.files.values()].map((bytes) => createHash('sha256').update(bytes).digest('hex'))),
    heard: { console: [], outbound: [] },
    journal: new Journal(),
    finder: new Finder(prepared),
    compared: { values: 0 },
  }
}

const start = (scene: Scene, observability = false): Promise<Session> => Session.start({ ...scene, observability })

function look({ finder, compared }: Scene, atRest: AtRest): void {
  for (const evidence of atRest.evidence) finder.look(evidence)
  compared.values += atRest.compared
}

async function firstLife(scene: Scene, { events }: RunOptions): Promise<readonly Check[]> {
  const session = await start(scene)
  await furnish(session.runtime.db, scene.migrations)
  await publishProofTable(session.runtime.ranges, scene.table)
  const checks = await objectionChecks(session, scene.state, events)
  const files = await filesCheck(session, 2)
  await session.take(TRAFFIC, Math.round(events * 0.7))
  const warm = await warmObjectionsCheck(session, scene.state, scene.heard, Math.round(events * 0.03))
  await session.takeEach([...PAGES, ...ADMIN], 3)
  await operate(session)
  await session.takeEach(ADMIN_MISTAKES, 2)
  await session.takeEach([...FAULTS_WARM, ...ADMIN_FAULTS], Math.max(2, Math.round(events / 200)))
  // What waited in the isolate goes along with the next.
  await session.take(TRAFFIC.slice(0, 1), 2)
  await session.cron()
  // While it runs, so that the write-ahead logs are full …
  look(scene, stateEvidence(scene.state, scene.published))
  await session.stop()
  return [...checks, files, warm]
}

/** An operator signs in and looks at everything there is to see. */
async function operate(session: Session): Promise<void> {
  const { head } = await session.ask(LOG_IN)
  const cookie = /^set-cookie: ([^;]+)/im.exec(head.toString('latin1'))?.[1]
  if (cookie !== undefined) await session.takeEach(signedInPaths(cookie), 1)
  const { status, body } = await session.ask(API_DOCUMENT)
  if (status === 200) await session.takeEach(apiReads(JSON.parse(body.toString('utf8')), ASKING), 2)
}

async function brokenLives(scene: Scene, events: number): Promise<void> {
  for (const path of [...FAULTS_COLD, ...PAGES_COLD]) {
    const session = await start(scene)
    // One by itself, before anything in the isolate knows better.
    await session.takeEach([path], 1)
    await session.takeEach([path], Math.max(2, Math.round(events / 100)))
    await session.stop()
  }
}

async function cutOffLife(scene: Scene, events: number): Promise<void> {
  const session = await start(scene)
  await session.sendOff(BURSTS, Math.round(events * 0.05))
  await session.stop()
  // … and as a shutdown in the middle of work leaves them.
  look(scene, stateEvidence(scene.state, scene.published))
}

/** The same through the queue, which brings messages again while the database fails. */
async function queueLife(scene: Scene, events: number): Promise<void> {
  const session = await Session.start({ ...scene, queue: true })
  await session.take(QUEUED, Math.round(events * 0.03))
  await session.fault('d1-echoes')
  await session.sendOff(QUEUED_AGAIN, Math.round(events * 0.01))
  await session.sentBack()
  await session.fault('none')
  // A message of who knows whom, with addresses in it, is refused until the queue puts it aside, and is not spoken of.
  await session.poison(CANARIES.map(({ address }) => address).join(' '))
  await session.settle()
  scene.finder.look(queueEvidence(await session.queueDump()))
  await session.stop()
}

/** On a state of its own: what operators delete would be missed elsewhere. */
async function deskLife(scene: Scene): Promise<readonly Check[]> {
  const state = join(scene.folder, 'desk')
  const heard: Heard = { console: scene.heard.console, outbound: [] }
  const team = await openTeam(new Date())
  const outside = (url: string): Response | undefined => {
    if (url === ACCESS_KEYS) return new Response(team.keys, { headers: { 'Content-Type': 'application/json' } })
    return url === CHECKED_PAGE ? new Response(CHECKED_HTML, { headers: { 'Content-Type': 'text/html' } }) : undefined
  }
  const surface = await readSurface()
  const session = await Session.start({ ...scene, state, heard, observability: true, outside })
  await furnish(session.runtime.db, scene.migrations)
  await publishProofTable(session.runtime.ranges, scene.table)
  // A Worker knows its sites for a minute: in this life that does not pass, and who was hidden is still seen.
  await session.clock(Date.now())
  await workAtDesk(session, team, surface)
  look(scene, kvEvidence(await session.kvDump(), scene.published))
  await session.mark(END_OF_TRACES)
  await traced(state, END_OF_TRACES)
  await session.stop()
  look(scene, stateEvidence(state, scene.published))
  for (const evidence of heardEvidence({ console: [], outbound: heard.outbound })) scene.finder.look(evidence)
  return [surfaceCheck(surface, scene.journal), askedForCheck(heard, [`GET ${ACCESS_KEYS}`, `GET ${CHECKED_PAGE}`])]
}

const END_OF_TRACES = 'end-of-traces'

async function tracedLife(scene: Scene, events: number): Promise<readonly Reach[]> {
  const session = await start(scene, true)
  await session.take([...OBJECTIONS, ...WITHHELD, ...TRAFFIC], Math.round(events * 0.02))
  await session.takeEach([...PAGES, ...filePaths(), ...ADMIN], 1)
  await session.cron()
  const reach = await measureReach(session.runtime.db, scene.journal.sent())
  look(scene, kvEvidence(await session.kvDump(), scene.published))
  scene.finder.look(await exportEvidence(session.runtime.db))
  await session.mark(END_OF_TRACES)
  await traced(scene.state, END_OF_TRACES)
  await session.stop()
  look(scene, stateEvidence(scene.state, scene.published))
  return reach
}

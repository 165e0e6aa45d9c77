/**
 * A whole proof: lives of the Worker one after the other on the same state, then the search through all they left.
 *
 * First life: objections into a cold Worker, then missing consent, then everything else, broken bindings included.
 * Then cold lives with broken bindings, one that is shut down in the middle of a burst, and one with the local
 * runtime's store of traces switched on.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ADMIN, ADMIN_FAULTS, ADMIN_MISTAKES } from './admin-paths.ts'
import { type Bundle, bundleModule } from './bundle.ts'
import { heardEvidence, kvEvidence, type Published, stateEvidence } from './evidence.ts'
import { type Find, Finder, type Prepared } from './finder.ts'
import { Journal } from './journal.ts'
import { differences, fileState } from './ledger-state.ts'
import { PAGES, PAGES_COLD } from './page-paths.ts'
import { BURSTS, FAULTS_COLD, FAULTS_WARM, OBJECTIONS, TRAFFIC, WITHHELD } from './paths.ts'
import { measureReach, type Reach } from './reach.ts'
import type { Heard } from './runtime.ts'
import { Session } from './session.ts'
import { furnish } from './sites.ts'
import { compileProofTable, publishProofTable } from './table.ts'
import { traced } from './traces.ts'
import { compareTwins } from './twins.ts'

export interface RunOptions {
  readonly worker: Bundle
  readonly prepared: Prepared
  /** Events of visitors, roughly. */
  readonly events: number
  /** A module put in front of the Worker, to plant a leak on purpose. It imports the Worker as `./proved.mjs`. */
  readonly before?: string
  readonly say?: (step: string) => void
}

export interface Check {
  readonly promise: string
  readonly what: string
  readonly holds: boolean
  readonly detail: string
}

export interface Run {
  readonly sent: { readonly events: number; readonly others: number; readonly paths: number }
  readonly finds: readonly Find[]
  readonly checks: readonly Check[]
  readonly reach: readonly Reach[]
  readonly wrongAnswers: readonly string[]
  readonly compared: number
  readonly finder: Finder
}

const END_OF_TRACES = 'end-of-traces'

export async function runProof({ worker, prepared, events, before, say = () => undefined }: RunOptions): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'doorplate-prove-'))
  const state = join(folder, 'state')
  const heard: Heard = { console: [], outbound: [] }
  const journal = new Journal()
  const entry = await bundleModule(join(import.meta.dirname, 'worker/entry.ts'))
  const modules =
    before === undefined
      ? { 'entry.mjs': entry, 'worker.mjs': worker.code }
      : { 'entry.mjs': entry, 'worker.mjs': before, 'proved.mjs': worker.code }
  const start = (observability = false) => Session.start({ state, modules, observability, heard, journal })
  try {
    const table = await compileProofTable(join(folder, 'sources'))
    const published: Published = new Set([...table.files.values()].map((bytes) => createHash('sha256').update(bytes).digest('hex')))
    const finder = new Finder(prepared)
    const checks: Check[] = []
    let compared = 0
    const searchState = () => {
      const atRest = stateEvidence(state, published)
      for (const evidence of atRest.evidence) finder.look(evidence)
      compared += atRest.compared
    }

    say('objections')
    const first = await start()
    await furnish(first.runtime.db)
    await publishProofTable(first.runtime.ranges, table)
    checks.push(...(await objections(first, state, journal, events)))

    say('traffic')
    await first.take(TRAFFIC, Math.round(events * 0.7))
    await first.takeEach([...PAGES, ...ADMIN], 3)
    await first.takeEach(ADMIN_MISTAKES, 2)
    await first.takeEach([...FAULTS_WARM, ...ADMIN_FAULTS], Math.max(2, Math.round(events / 200)))
    await first.cron()
    searchState()
    await first.stop()

    say('broken bindings, shutdown, restart')
    for (const path of [...FAULTS_COLD, ...PAGES_COLD]) {
      const cold = await start()
      await cold.takeEach([path], Math.max(2, Math.round(events / 100)))
      await cold.stop()
    }
    const cutOff = await start()
    await cutOff.sendOff(BURSTS, Math.round(events * 0.05))
    await cutOff.stop()
    searchState()

    say('traces on')
    const last = await start(true)
    await last.take([...OBJECTIONS, ...WITHHELD, ...TRAFFIC], Math.round(events * 0.02))
    await last.takeEach([...PAGES, ...ADMIN], 1)
    await last.cron()
    const reach = await measureReach(last.runtime.db, journal.sent())
    const kv = kvEvidence(await last.kvDump(), published)
    await last.mark(END_OF_TRACES)
    await traced(state, END_OF_TRACES)
    await last.stop()

    say('search')
    searchState()
    for (const evidence of [...kv.evidence, ...heardEvidence(heard), ...journal.evidence()]) finder.look(evidence)
    say('twins')
    const { rows, differences: unlike } = await compareTwins(modules, table, Math.round(events * 0.05))
    checks.push(oneAnswer(journal), nothingSent(heard), {
      promise: 'P3',
      what: 'other people of the same companies, at another minute, in another order, leave the same rows',
      holds: unlike.length === 0,
      detail: unlike.length === 0 ? `${rows} rows the same` : unlike.join('; '),
    })
    return {
      sent: { events: journal.events, others: journal.requests - journal.events, paths: journal.sent().length },
      finds: finder.finds(),
      checks,
      reach,
      wrongAnswers: journal.wrong(),
      compared: compared + kv.compared,
      finder,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** P1, on the bytes: in a cold Worker objections change nothing and touch nothing; missing consent may ask for the site list once. */
async function objections(session: Session, state: string, journal: Journal, events: number): Promise<Check[]> {
  const before = fileState(state)
  const sentBefore = journal.requests
  await session.forgetTouches()
  await session.take(OBJECTIONS, Math.round(events * 0.15))
  const { touches } = await session.watch()
  const between = fileState(state)
  const sent = journal.requests - sentBefore
  const changed = differences(before, between)
  await session.take(WITHHELD, Math.round(events * 0.05))
  const withheld = (await session.watch()).touches
  const queries = Object.entries(withheld).filter(([name]) => name.includes('.'))
  const changedLater = differences(between, fileState(state))
  return [
    {
      promise: 'P1',
      what: 'an objection changes not one byte of D1',
      holds: changed.length === 0,
      detail:
        changed.length === 0 ? `${sent} objections, ${before.bytes} bytes the same before and after` : `changed: ${changed.join(', ')}`,
    },
    {
      promise: 'P1',
      what: 'an objection touches no binding, in a cold Worker',
      holds: Object.keys(touches).length === 0,
      detail: Object.keys(touches).length === 0 ? 'none touched' : JSON.stringify(touches),
    },
    {
      promise: 'P1',
      what: 'missing consent changes not one byte of D1 and asks for nothing but the site list, once',
      holds: changedLater.length === 0 && queries.length <= 1 && queries.every(([name, times]) => name === 'DB.prepare' && times === 1),
      detail: changedLater.length === 0 ? JSON.stringify(Object.fromEntries(queries)) : `changed: ${changedLater.join(', ')}`,
    },
  ]
}

function oneAnswer(journal: Journal): Check {
  const heads = journal.headsOf(204, () => true)
  return {
    promise: 'P1',
    what: 'events are answered alike, whatever became of them',
    holds: heads.size === 1,
    detail: `${heads.size} different answer${heads.size === 1 ? '' : 's'}`,
  }
}

function nothingSent({ outbound }: Heard): Check {
  return { promise: 'P9', what: 'no request leaves', holds: outbound.length === 0, detail: `${outbound.length} sent` }
}

/** What must hold beside finding nothing: each check is a promise, measured. */
import { type Surface, untaken } from './admin-surface.ts'
import type { Journal } from './journal.ts'
import { differences, fileState } from './ledger-state.ts'
import { filePaths } from './page-paths.ts'
import { OBJECTIONS, WITHHELD } from './paths.ts'
import type { Heard } from './runtime.ts'
import type { Session } from './session.ts'
import { compareTwins, type Furniture } from './twins.ts'

export interface Check {
  readonly promise: string
  readonly what: string
  readonly holds: boolean
  readonly detail: string
}

const check = (promise: string, what: string, holds: boolean, detail: string): Check => ({ promise, what, holds, detail })

/**
 * P1, on the bytes: in a cold Worker objections change nothing and touch nothing, not even by reading the name of a
 * binding; missing consent may ask for the list of sites, once.
 */
export async function objectionChecks(session: Session, state: string, events: number): Promise<readonly Check[]> {
  const before = fileState(state)
  await session.forgetTouches()
  const sent = await session.take(OBJECTIONS, Math.round(events * 0.15))
  const touched = Object.keys((await session.watch()).touches)
  const between = fileState(state)
  const changed = differences(before, between)

  await session.take(WITHHELD, Math.round(events * 0.05))
  const calls = Object.entries((await session.watch()).touches).filter(([name]) => name.includes('.'))
  const changedLater = differences(between, fileState(state))
  const onlySites = calls.every(([name, times]) => name === 'DB.prepare' && times === 1)
  return [
    check(
      'P1',
      'an objection changes not one byte at rest',
      changed.length === 0,
      changed.length === 0 ? `${sent} objections, ${before.bytes} bytes the same before and after` : `changed: ${changed.join(', ')}`,
    ),
    check('P1', 'an objection touches no binding, in a cold Worker', touched.length === 0, touched.join(', ') || 'none touched'),
    check(
      'P1',
      'missing consent changes not one byte at rest and asks for nothing but the list of sites, once',
      changedLater.length === 0 && onlySites,
      changedLater.length === 0 ? JSON.stringify(Object.fromEntries(calls)) : `changed: ${changedLater.join(', ')}`,
    ),
  ]
}

/** P1 in a Worker that is warm: whoever objects among people who are counted leaves no byte, touches nothing, and is not spoken of. */
export async function warmObjectionsCheck(session: Session, state: string, { console }: Heard, events: number): Promise<Check> {
  const before = fileState(state)
  const lines = console.length
  await session.forgetTouches()
  const sent = await session.take(OBJECTIONS, events)
  const touched = Object.keys((await session.watch()).touches)
  const changed = differences(before, fileState(state))
  const spoken = console.length - lines
  const wrong = [
    ...touched.map((name) => `touched ${name}`),
    ...changed.map((name) => `changed ${name}`),
    ...(spoken > 0 ? ['printed'] : []),
  ]
  const what = 'in a warm Worker an objection touches, changes and prints nothing'
  return check('P1', what, wrong.length === 0, wrong.join(', ') || `${sent} objections`)
}

/** The static files are answered before the Worker: nothing of Doorplate runs that could read an address. */
export async function filesCheck(session: Session, times: number): Promise<Check> {
  const before = (await session.watch()).runs
  const files = filePaths()
  await session.takeEach(files, times)
  const runs = (await session.watch()).runs - before
  const detail = runs === 0 ? `${files.length * times} requests, none reached it` : `${runs} of ${files.length * times} requests reached it`
  return check('P1', 'the static files are answered without the Worker', runs === 0, detail)
}

/** Whoever listens on the line can't tell a counted event from one that was not. */
export function oneAnswerCheck(journal: Journal): Check {
  const heads = journal.headsOf(204)
  const detail = heads.size === 1 ? 'one and the same' : [...heads].map((head) => head.split('\n').slice(1, 4).join(', ')).join(' | ')
  return check('P1', 'events are answered alike, whatever became of them', heads.size === 1, detail.slice(0, 300))
}

/** Every route and form of the admin was asked, and answered as when all is well. */
export function surfaceCheck(surface: Surface, journal: Journal): Check {
  const left = untaken(surface, journal.asked())
  const { routes, forms } = surface
  const detail = left.length === 0 ? `${routes.length} routes, ${forms.length} forms` : `on no path: ${left.join(', ')}`
  return check('P2', 'every route and every form of the admin is on a path', left.length === 0, detail)
}

/** The admin asks others for what an operator wants of it: what leaves then is known to the last request. */
export function askedForCheck({ outbound }: Heard, allowed: readonly string[]): Check {
  const lines = outbound.map((bytes) => bytes.toString('latin1').split('\n', 2).join(' '))
  const others = lines.filter((line) => !allowed.includes(line))
  const missing = allowed.filter((line) => !lines.includes(line))
  const wrong = [...others.map((line) => `also ${line}`), ...missing.map((line) => `not ${line}`)]
  const holds = wrong.length === 0
  return check('P9', 'of what operators do, nothing leaves but what they ask for', holds, holds ? allowed.join(', ') : wrong.join(', '))
}

export const nothingSentCheck = ({ outbound }: Heard): Check =>
  check('P9', 'no request leaves', outbound.length === 0, `${outbound.length} sent`)

export async function twinsCheck(furniture: Furniture, events: number): Promise<Check> {
  const { rows, differences: unlike } = await compareTwins(furniture, events)
  return check(
    'P3',
    'other people of the same companies, at another minute, in another order, leave the same rows',
    unlike.length === 0,
    unlike.length === 0 ? `${rows} rows the same` : unlike.join('; '),
  )
}

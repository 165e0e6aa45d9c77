/**
 * Whole visits, and who makes them: the sharpest form of P3. The same visits are dealt to the people of each company
 * in another way, each with the previous pages that its browser would name; what is stored must not change.
 */
import { CANARIES, type Role } from './canaries.ts'
import type { Sending } from './client.ts'
import { event, PAGES } from './paths.ts'
import { seeded } from './seeded.ts'
import type { Session } from './session.ts'
import { PORTAL, SHOP } from './sites.ts'

const VISITORS = ['listed', 'unlisted', 'hidden', 'blocked', 'assigned'] as const satisfies readonly Role[]
const ORIGINS = [SHOP, PORTAL] as const
/** How a visit begins: from outside, by a campaign, or out of nowhere. */
const ENTRIES = [{ r: 'www.google.com' }, { us: 'newsletter', um: 'email' }, { r: 'partner.example' }, {}] as const
const LONGEST_WALK = 5
/** Shorter than the clock of a replay stands into its hour, so that no page is left in the hour before it was opened. */
const LONGEST_LOOK_S = 300

export interface Visit {
  readonly by: (typeof VISITORS)[number]
  readonly origin: (typeof ORIGINS)[number]
  readonly entry: (typeof ENTRIES)[number]
  readonly walk: readonly { readonly page: string; readonly seconds: number; readonly download: boolean }[]
}

/** The same visits for the same seed. */
export function makeVisits(count: number, seed: number): readonly Visit[] {
  const next = seeded(seed)
  const one = <T>(list: readonly [T, ...T[]]): T => list[next(list.length)] ?? list[0]
  return Array.from({ length: count }, () => ({
    by: one(VISITORS),
    origin: one(ORIGINS),
    entry: one(ENTRIES),
    walk: Array.from({ length: 1 + next(LONGEST_WALK) }, () => ({
      page: one(PAGES),
      seconds: 1 + next(LONGEST_LOOK_S),
      download: next(6) === 0,
    })),
  }))
}

/** A visit as its browser tells it: the first page names the outside, every other one the page before. */
export function told({ origin, entry, walk }: Visit): { readonly views: readonly Sending[]; readonly leaves: readonly Sending[] } {
  const consent = origin === PORTAL ? { ok: 1 } : {}
  const from = (step: number) => (step === 0 ? entry : { f: walk[step - 1]?.page ?? '/' })
  return {
    views: walk.flatMap(({ page, download }, step) => [
      event(origin, { k: 'view', p: page, ...from(step), ...consent }),
      ...(download ? [event(origin, { k: 'download', p: page, n: 'Prospekt.pdf', ...consent })] : []),
    ]),
    leaves: walk.map(({ page, seconds }, step) => event(origin, { k: 'leave', p: page, ...from(step), d: seconds, ...consent })),
  }
}

/** Which addresses of a network the people have: those the proof sends from, those it compares with, or both. */
export type People = 'canaries' | 'twins' | 'all'

const addresses = (role: Role, people: People): readonly string[] =>
  CANARIES.filter((canary) => canary.role === role).flatMap(({ address, twin }) =>
    people === 'all' ? [address, twin] : people === 'twins' ? [twin] : [address],
  )

/**
 * Deals the visits to people and has them made: everybody makes one visit after another, all at the same time. A page
 * is left when its view has arrived, as with a person who reads it.
 */
export async function walkAll(session: Session, visits: readonly Visit[], people: People, seed: number): Promise<void> {
  const next = seeded(seed)
  const queues = new Map<string, Visit[]>()
  for (const visit of shuffled(visits, next)) {
    const theirs = addresses(visit.by, people)
    const who = theirs[next(theirs.length)] ?? ''
    queues.set(who, [...(queues.get(who) ?? []), visit])
  }
  for (let round = 0; [...queues.values()].some((queue) => queue.length > round); round++) {
    const under = [...queues].flatMap(([who, queue]) => queue.slice(round, round + 1).map((visit) => ({ who, ...told(visit) })))
    for (const part of ['views', 'leaves'] as const) {
      await Promise.all(under.map((visit) => inTurn(visit[part], (sending) => session.send(visit.who, sending))))
      await session.settle()
    }
  }
}

async function inTurn(sendings: readonly Sending[], send: (sending: Sending) => Promise<unknown>): Promise<void> {
  for (const sending of sendings) await send(sending)
}

function shuffled<T>(list: readonly T[], next: (below: number) => number): readonly T[] {
  return list
    .map((item) => ({ item, rank: next(1 << 30) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}

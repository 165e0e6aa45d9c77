import type { ActivityRow } from './read.ts'

/**
 * The pages of one hour in the order they were read, as far as the ledger knows it: a view's row is an edge from the
 * previous path (or an outside source) to its path, so the walk is a trail over these edges that uses each as often as
 * it was counted (Hierholzer's algorithm). Where several people of a company came, their walks merge and no trail can
 * part them: then pages stand by their distance from an entry, and the answer says `overlap`.
 */
export interface Step {
  readonly path: string
  /** Previous path, outside source, or empty. */
  readonly from: string
  readonly count: number
  readonly seconds: number
}

export interface Walk {
  readonly steps: readonly Step[]
  /** More than one walk is in here: the order is by distance from an entry, not by time. */
  readonly overlap: boolean
}

const isInside = (origin: string): boolean => origin.startsWith('/')

/** @param at the page the walk stood on when the hour began; null when it begins here. */
export function orderWalk(views: readonly ActivityRow[], at: string | null): Walk {
  const edges = views.map(({ path, origin, count, seconds }) => ({ path, from: origin, count, seconds }))
  const entries = edges.filter((edge) => !isInside(edge.from))
  const entered = entries.reduce((sum, edge) => sum + edge.count, 0)
  const trail = entered === 1 ? trailFrom(edges, entries[0]) : entered === 0 && at !== null ? trailAt(edges, at) : null
  return trail === null ? { steps: byDistance(edges), overlap: entered > 1 || edges.length > 1 } : { steps: trail, overlap: false }
}

function trailFrom(edges: readonly Step[], entry: Step | undefined): Step[] | null {
  if (entry === undefined) return null
  const rest = trailAt(
    edges.filter((edge) => edge !== entry),
    entry.path,
  )
  return rest === null ? null : [entry, ...rest]
}

/** Long walks merge in practice, and a trail over thousands of edges would cost more than it tells. */
const LONGEST_TRAIL = 500

/** A trail from `start` over every edge as often as it was counted, or null where there is none. */
function trailAt(edges: readonly Step[], start: string): Step[] | null {
  if (edges.reduce((sum, edge) => sum + edge.count, 0) > LONGEST_TRAIL) return null
  const open = new Map<string, Step[]>()
  for (const edge of edges) {
    const list = open.get(edge.from) ?? []
    // Walked once per count; the seconds are known together and stand at the first.
    for (let time = 0; time < edge.count; time += 1) list.push({ ...edge, count: 1, seconds: time === 0 ? edge.seconds : 0 })
    open.set(edge.from, list)
  }
  for (const list of open.values()) list.reverse()
  const stack: (Step | null)[] = [null]
  const trail: Step[] = []
  let at = start
  while (stack.length > 0) {
    const next = open.get(at)?.pop()
    if (next !== undefined) {
      stack.push(next)
      at = next.path
    } else {
      const done = stack.pop()
      if (done != null) trail.push(done)
      at = stack.at(-1)?.path ?? start
    }
  }
  trail.reverse()
  const whole = [...open.values()].every((list) => list.length === 0)
  const joined = trail.every((step, index) => step.from === (index === 0 ? start : trail[index - 1]?.path))
  return whole && joined ? trail : null
}

/** Entries first, then pages by how many steps they are from one, then what nothing leads to; by path within each. */
function byDistance(edges: readonly Step[]): Step[] {
  const distance = new Map<string, number>()
  let frontier = edges.filter((edge) => !isInside(edge.from)).map((edge) => edge.path)
  for (let steps = 0; frontier.length > 0; steps += 1) {
    for (const path of frontier) if (!distance.has(path)) distance.set(path, steps)
    const reached = new Set(frontier)
    frontier = [...new Set(edges.filter((edge) => reached.has(edge.from) && !distance.has(edge.path)).map((edge) => edge.path))]
  }
  const rank = (edge: Step): number => (isInside(edge.from) ? (distance.get(edge.from) ?? Number.MAX_SAFE_INTEGER - 1) + 1 : 0)
  return edges.toSorted((a, b) => rank(a) - rank(b) || compare(a.path, b.path) || compare(a.from, b.from))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

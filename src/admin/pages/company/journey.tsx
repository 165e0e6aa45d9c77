import { type SankeyNode, sankey } from 'd3-sankey'
import type { Edge, Journey } from '../../../ledger/journey.ts'
import type { At } from '../page.tsx'
import { pathOf } from './story.tsx'

/**
 * The journey as a flow, sources on the left. A flow has one direction: of ways that lead in a circle the rarest is not
 * drawn, and neither is what is rare at all; both are counted and stand in the table below.
 */
const WIDTH = 800
const ROW = 34
const MOST_EDGES = 28
const NODE = 10

interface Node {
  readonly id: string
  readonly label: string
  readonly outside: boolean
}
interface Link {
  readonly source: string
  readonly target: string
  readonly value: number
}

export function JourneyChart({ at, journey }: { readonly at: At; readonly journey: Journey }) {
  const { t, f } = at
  const words = t.company.journey
  const most = journey.edges[0]
  if (most === undefined) return <p class="muted">{words.none}</p>
  const { forward, back } = drawn(journey.edges)
  const shown = forward.slice(0, MOST_EDGES)
  const steps = journey.edges.reduce((sum, { count }) => sum + count, 0)
  const label = words.alt(words.steps(f.number(steps)), nameOf(at, most.from), pathOf(at, most.to))
  return (
    <figure class="chart journey">
      <figcaption>{words.text}</figcaption>
      {shown.length === 0 ? null : (
        <section class="flow" aria-label={words.text} tabindex={0}>
          <Flow at={at} edges={shown} label={label} />
        </section>
      )}
      {back === 0 ? null : <p class="hint">{words.back(f.number(back))}</p>}
      {forward.length === shown.length ? null : <p class="hint">{words.rare(f.number(forward.length - shown.length))}</p>}
      {journey.since === null ? null : <p class="hint">{words.since(f.hours(journey.since))}</p>}
      <details class="data no-print">
        <summary>{t.parts.dataTable}</summary>
        <section class="scroll" aria-label={`${words.title}: ${t.parts.dataTable}`} tabindex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.from}</th>
                <th scope="col">{words.to}</th>
                <th scope="col" class="number">
                  {words.count}
                </th>
                <th scope="col" class="number">
                  {words.time}
                </th>
              </tr>
            </thead>
            <tbody>
              {journey.edges.map(({ from, to, count, seconds }) => (
                <tr>
                  <td>
                    <bdi>{nameOf(at, from)}</bdi>
                  </td>
                  <td>
                    <bdi>{pathOf(at, to)}</bdi>
                  </td>
                  <td class="number">{f.number(count)}</td>
                  <td class="number nowrap">{f.duration(seconds)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  )
}

function Flow({ at, edges, label }: { readonly at: At; readonly edges: readonly Edge[]; readonly label: string }) {
  const names = [...new Set(edges.flatMap(({ from, to }) => [from, to]))]
  const entries = new Set(edges.map(({ to }) => to))
  const rows = Math.max(names.filter((name) => !entries.has(name)).length, Math.ceil(names.length / 3), 4)
  const height = Math.min(rows * ROW, 560)
  const graph = sankey<Node, Link>()
    .nodeId(({ id }) => id)
    .nodeWidth(NODE)
    .nodePadding(16)
    .extent([
      [0, 10],
      [WIDTH, height - 10],
    ])({
    nodes: names.map((name) => ({
      id: name,
      label: name.startsWith('/') ? pathOf(at, name) : nameOf(at, name),
      outside: !name.startsWith('/'),
    })),
    links: edges.map(({ from, to, count }) => ({ source: from, target: to, value: count })),
  })
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label}>
      {(graph.links as unknown as (Drawn & { value: number; width?: number })[]).map((link) => (
        <path class="link" d={band(link)} stroke-width={Math.max(1, Math.round(link.width ?? 1))}>
          <title>{`${link.source.label} → ${link.target.label}: ${at.f.number(link.value)}`}</title>
        </path>
      ))}
      {graph.nodes.map(({ outside, x0 = 0, x1 = 0, y0 = 0, y1 = 0 }) => (
        <rect
          class={outside ? 'counted' : 'named'}
          x={Math.round(x0)}
          y={Math.round(y0)}
          width={x1 - x0}
          height={Math.max(1, Math.round(y1 - y0))}
        />
      ))}
      {labels(graph.nodes).map(({ text, x, y }) => (
        <text x={x} y={y} dy="0.35em">
          {text}
        </text>
      ))}
    </svg>
  )
}

/** From the right of one node to the left of another, level at both ends; d3's own shape of it brings a library of paths. */
function band({ source, target, y0 = 0, y1 = 0 }: Drawn): string {
  const [from, to] = [source.x1 ?? 0, target.x0 ?? 0]
  const middle = Math.round((from + to) / 2)
  return `M${from},${y0.toFixed(1)}C${middle},${y0.toFixed(1)},${middle},${y1.toFixed(1)},${to},${y1.toFixed(1)}`
}

/** A link after the layout, which puts the nodes themselves where their names were. */
interface Drawn {
  readonly source: SankeyNode<Node, Link>
  readonly target: SankeyNode<Node, Link>
  readonly y0?: number | undefined
  readonly y1?: number | undefined
}

/** The most frequent edges that together lead in no circle, and how many steps are left out. */
function drawn(edges: readonly Edge[]): { readonly forward: readonly Edge[]; readonly back: number } {
  const next = new Map<string, Set<string>>()
  const leads = (from: string, to: string): boolean => from === to || [...(next.get(from) ?? [])].some((each) => leads(each, to))
  const forward: Edge[] = []
  let back = 0
  for (const edge of edges) {
    if (leads(edge.to, edge.from)) back += edge.count
    else {
      next.set(edge.from, (next.get(edge.from) ?? new Set()).add(edge.to))
      forward.push(edge)
    }
  }
  return { forward, back }
}

function nameOf(at: At, from: string): string {
  if (from === '') return at.t.company.journey.direct
  return from.startsWith('/') ? pathOf(at, from) : from
}

interface Label {
  readonly text: string
  readonly x: number
  readonly y: number
}

/** Names beside their nodes: right, else left, else below, wherever none is in the way yet. */
function labels(nodes: readonly SankeyNode<Node, Link>[]): Label[] {
  const placed: Label[] = []
  for (const { label, x0 = 0, x1 = 0, y0 = 0, y1 = 0 } of nodes) {
    const text = shorten(label)
    const middle = Math.round((y0 + y1) / 2)
    const left = Math.round(x0 - 6 - widthOf(text))
    const places = [
      [Math.round(x1 + 6), middle],
      [left, middle],
      [left, Math.round(y1 + 9)],
    ] as const
    const fits = ([x]: readonly [number, number]): boolean => x > 0 && x + widthOf(text) < WIDTH
    const free = places.find(
      ([x, y]) =>
        fits([x, y]) &&
        placed.every((other) => Math.abs(other.y - y) > 14 || other.x > x + widthOf(text) || x > other.x + widthOf(other.text)),
    )
    const [x, y] = free ?? places.find(fits) ?? places[0]
    placed.push({ text, x, y })
  }
  return placed
}

/** Of a text of 13 pixels, roughly. */
const widthOf = (text: string): number => text.length * 7

const shorten = (name: string): string => (name.length > 34 ? `${name.slice(0, 33)}…` : name)

/**
 * Scores a table against labelled addresses. A label says what is really there; the table is asked, and the answer is one
 * of four: correct, wrong company (an organisation is there, another was named), false company (a provider was named as a
 * company), missed (an organisation is there, nobody was named). A provider that nobody was named for is right too, and
 * counted apart: there are so many of them that they would drown the rest.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'
import type { NameBook } from './names/other-names.ts'
import { SourceError } from './sources/source.ts'

/** Kinds that must never be named, with the spellings lists use. Everything else is an organisation. */
const CARRIERS = new Set(
  'isp mobile hosting vpn bot nren relay proxy tor satellite cdn content gateway sase guest residential cloud aggregator infrastructure'.split(
    ' ',
  ),
)

const Rows = z.array(
  z.object({ ip: z.string(), expected_kind: z.string().min(1), expected_org: z.string(), country: z.string(), source: z.string() }),
)

export interface Label {
  readonly ip: string
  readonly kind: string
  readonly organisation: string
  readonly line: number
}

/** @throws SourceError naming the file. */
export function readLabels(path: string): Label[] {
  const file = basename(path)
  try {
    const rows = Rows.parse(parse(readFileSync(path, 'utf8'), { bom: true, columns: true, skip_empty_lines: true, trim: true }))
    return rows.map((row, index) => ({ ip: row.ip, kind: row.expected_kind, organisation: row.expected_org, line: index + 2 }))
  } catch (error) {
    if (error instanceof CsvError) throw new SourceError(file, null, error.message)
    if (error instanceof z.ZodError) throw new SourceError(file, null, 'needs the columns ip, expected_kind, expected_org, country, source')
    throw new SourceError(path, null, 'cannot be read')
  }
}

export type Outcome = 'correct' | 'wrongCompany' | 'falseCompany' | 'missed' | 'rightlyNobody'

export interface Scored {
  readonly label: Label
  readonly outcome: Outcome
  /** Whom the table named, null for nobody. */
  readonly named: string | null
}

/** @param named name of the company the table answers, and other names it is known by (its domain); null for nobody. */
export function scoreLabel(label: Label, named: readonly string[] | null, names: NameBook): Scored {
  const name = named?.[0] ?? null
  if (CARRIERS.has(label.kind)) return { label, outcome: named === null ? 'rightlyNobody' : 'falseCompany', named: name }
  if (named === null) return { label, outcome: 'missed', named: null }
  const same = named.some((one) => names.same(label.organisation, one))
  return { label, outcome: same ? 'correct' : 'wrongCompany', named: name }
}

export interface Share {
  readonly count: number
  readonly of: number
  readonly share: number
  /** Wilson 95 % interval of the share. */
  readonly low: number
  readonly high: number
}

/** z of a two-sided 95 % interval. */
const Z = 1.959964

/** Wilson's score interval: honest for few rows and for shares near 0 and 1, where the textbook one is not. */
export function wilson(count: number, of: number): Share {
  if (of === 0) return { count, of, share: 0, low: 0, high: 1 }
  const share = count / of
  const middle = share + (Z * Z) / (2 * of)
  const spread = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of))
  const whole = 1 + (Z * Z) / of
  const rounded = (value: number): number => Math.round(value * 10_000) / 10_000
  return {
    count,
    of,
    share: rounded(share),
    low: rounded(Math.max(0, (middle - spread) / whole)),
    high: rounded(Math.min(1, (middle + spread) / whole)),
  }
}

export interface Tally {
  correct: number
  wrongCompany: number
  falseCompany: number
  missed: number
  rightlyNobody: number
}

export interface Score extends Tally {
  readonly organisations: number
  readonly carriers: number
  /** Of the organisations. */
  readonly shares: { readonly correct: Share; readonly wrongCompany: Share; readonly missed: Share; readonly falseCompany: Share }
  readonly byKind: Readonly<Record<string, Tally>>
}

const empty = (): Tally => ({ correct: 0, wrongCompany: 0, falseCompany: 0, missed: 0, rightlyNobody: 0 })

export function scoreAll(scored: readonly Scored[]): Score {
  const total = empty()
  const byKind: Record<string, Tally> = {}
  for (const { label, outcome } of scored) {
    total[outcome]++
    byKind[label.kind] ??= empty()
    const tally = byKind[label.kind]
    if (tally !== undefined) tally[outcome]++
  }
  const organisations = total.correct + total.wrongCompany + total.missed
  const carriers = total.falseCompany + total.rightlyNobody
  const shares = {
    correct: wilson(total.correct, organisations),
    wrongCompany: wilson(total.wrongCompany, organisations),
    missed: wilson(total.missed, organisations),
    falseCompany: wilson(total.falseCompany, carriers),
  }
  return { ...total, organisations, carriers, shares, byKind }
}

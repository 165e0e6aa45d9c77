/** Asks a filled ledger everything the API answers: rows read, which must keep their bounds, and how long it took. */
import { addDays } from '../../../ledger/period.ts'
import type { Figure } from '../figure.ts'
import { filledDatabase } from './fill.ts'
import { type Answer, type LedgerHouse, openLedgerHouse } from './house.ts'
import { type LargeLedger, siteName } from './large-ledger.ts'
import { type Asked, type Question, questions } from './questions.ts'

const DAYS = 30

export interface Answered {
  readonly question: Question
  readonly rowsRead: number
  /** Milliseconds of D1 alone, and of the whole answer; sorted. */
  readonly queryMs: readonly number[]
  readonly ms: readonly number[]
  /** Of its longest query alone; an export has many. */
  readonly slowestMs: readonly number[]
}

/** @throws Error where a question reads more rows than it may. */
export async function* readLedger(folder: string, shape: LargeLedger, rounds: number, days = DAYS): AsyncGenerator<Answered> {
  const asked = largestSite(folder, shape, days)
  const house = await openLedgerHouse(folder, shape)
  try {
    for (const question of questions(asked)) yield await answer(house, question, rounds)
  } finally {
    await house.close()
  }
}

async function answer(house: LedgerHouse, question: Question, rounds: number): Promise<Answered> {
  const answers: Answer[] = []
  // The first is not counted: it fills the caches of the database and of the runtime.
  for (let round = -1; round < rounds; round += 1) {
    const each = await house.ask(question.path)
    if (each.status !== 200) throw new Error(`${question.path} answered ${each.status}: ${each.text}`)
    if (question.most !== null && each.rowsRead > question.most) {
      throw new Error(`${question.path} read ${each.rowsRead} rows; it may read ${question.most}`)
    }
    if (round >= 0) answers.push(each)
  }
  const sorted = (of: (each: Answer) => number) => answers.map(of).sort((a, b) => a - b)
  return {
    question,
    rowsRead: answers[0]?.rowsRead ?? 0,
    queryMs: sorted((each) => each.queryMs),
    slowestMs: sorted((each) => each.slowestMs),
    ms: sorted((each) => each.ms),
  }
}

function largestSite(folder: string, { to }: LargeLedger, days: number): Asked {
  const db = filledDatabase(folder)
  const site = siteName(0)
  const from = addDays(to, 1 - days)
  const one = <T>(sql: string): T => db.prepare(sql).get(site, from, to) as T
  const { companyDays } = one<{ companyDays: number }>(
    'SELECT count(*) AS companyDays FROM company_day WHERE site_id = ? AND day >= ? AND day <= ?',
  )
  const { busiest } = one<{ busiest: string }>(
    'SELECT company_key AS busiest FROM company_day WHERE site_id = ? AND day >= ? AND day <= ? GROUP BY 1 ORDER BY sum(views) DESC LIMIT 1',
  )
  db.close()
  return { site, from, to, companyDays, busiest }
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

export async function* readingFigures(folder: string, shape: LargeLedger): AsyncGenerator<Figure> {
  for await (const { question, rowsRead, queryMs, slowestMs, ms } of readLedger(folder, shape, 40)) {
    yield { name: `read: ${question.name}`, value: rowsRead, unit: 'rows' }
    yield { name: `p50 of D1: ${question.name}`, value: at(queryMs, 0.5), unit: 'ms' }
    yield { name: `p95 of D1: ${question.name}`, value: at(queryMs, 0.95), unit: 'ms' }
    if (question.streamed) yield { name: `p95 of its longest query: ${question.name}`, value: at(slowestMs, 0.95), unit: 'ms' }
    yield { name: `p95 whole: ${question.name}`, value: at(ms, 0.95), unit: 'ms' }
  }
}

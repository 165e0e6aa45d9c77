/**
 * The built Worker in the local runtime, over real sockets, beside an empty Worker that reads the same body and answers
 * the same: both sinks, in interleaved rounds, so that whatever else the machine does falls on all of them alike. Every
 * request that was sent must have been answered 204 and must stand in ledger or totals afterwards, exactly once.
 *
 * Processor time is the runtime process's own, D1 and queue included, which the local runtime keeps in the same process.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import autocannon from 'autocannon'
import { deployedWorker } from '../prove/bundle.ts'
import { type Figure, median } from './figure.ts'
import { type Contender, startContender } from './load/contender.ts'
import { cpuMs, residentBytes } from './load/process.ts'
import { type Requests, requestsOver } from './load/requests.ts'
import { loadTable } from './load/table.ts'

const CONNECTIONS = 10
/** Rounds before anything is measured: code gets compiled, the range table is read. */
const WARM_UP = 2
const MINUTES = 1
const MEMORY = '/dev/shm'
/** The totals wait twenty seconds, the queue a little longer. */
const SETTLED_MS = 60_000

interface Round {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

interface Score {
  readonly contender: Contender
  readonly rounds: Round[]
  sent: number
  cpuAt: number
  memoryAt: number
}

/** @param minutes how long rounds go on. */
export async function* benchLoad(minutes = MINUTES): AsyncGenerator<Figure> {
  if (process.platform !== 'linux') throw new Error('bench load reads /proc: it needs Linux')
  // D1, KV and the limiter of the local runtime wait for the disk in the thread that answers; where they are deployed they don't.
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'doorplate-load-'))
  const contenders: Contender[] = []
  try {
    const { code } = await deployedWorker(join(folder, 'build'))
    const table = await loadTable({ listed: 25, others: 475 })
    const requests = requestsOver(table)
    for (const name of ['empty', 'd1', 'queue'] as const) {
      contenders.push(await startContender(name, code, table.values, join(folder, name)))
    }
    yield* measured(contenders, requests, minutes)
  } finally {
    for (const contender of contenders) await contender.stop()
    rmSync(folder, { recursive: true })
  }
}

async function* measured(contenders: readonly Contender[], requests: Requests, minutes: number): AsyncGenerator<Figure> {
  const scores = contenders.map((contender): Score => ({ contender, rounds: [], sent: 0, cpuAt: 0, memoryAt: 0 }))
  for (let round = 0; round < WARM_UP; round += 1) for (const score of scores) await play(score, requests)
  for (const score of scores) begin(score)
  const end = performance.now() + minutes * 60_000
  do for (const score of scores) score.rounds.push(await play(score, requests))
  while (performance.now() < end)
  for (const score of scores) yield* exact(score, requests)
  yield* figures(scores, requests.list.length * CONNECTIONS)
}

function play(score: Score, requests: Requests): Promise<Round> {
  score.sent += 1
  return fire(score.contender, requests)
}

function begin(score: Score): void {
  score.cpuAt = cpuMs(score.contender.pid)
  score.memoryAt = residentBytes(score.contender.pid)
}

/** Sends every request of the list over every connection. @throws when one of them was not answered 204. */
async function fire({ url }: Contender, { list }: Requests): Promise<Round> {
  const amount = list.length * CONNECTIONS
  // autocannon ends at its next full second; what counts is when the last answer came.
  const begin = performance.now()
  let last = begin
  const { requests, latency, errors, statusCodeStats } = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon({ url, connections: CONNECTIONS, amount, requests: list }, (error, result) =>
      error === null ? resolve(result) : reject(error),
    )
    run.on('response', () => {
      last = performance.now()
    })
  })
  const answered = Number(statusCodeStats?.['204']?.count ?? 0)
  if (answered !== amount || errors > 0) throw new Error(`${answered} of ${amount} requests were answered 204, ${errors} failed`)
  return { perSecond: (requests.total * 1000) / (last - begin), p50: latency.p50, p99: latency.p99 }
}

/** @throws when an event is missing or too many. */
async function* exact({ contender, sent }: Score, requests: Requests): AsyncGenerator<Figure> {
  if (contender.name === 'empty') return
  const passes = sent * CONNECTIONS
  const expected = { ledger: requests.ledger * passes, totals: requests.totals * passes }
  const until = performance.now() + SETTLED_MS
  let counted = await contender.counted()
  while (counted.ledger + counted.totals < expected.ledger + expected.totals && performance.now() < until) {
    await pause(2_000)
    counted = await contender.counted()
  }
  if (counted.ledger !== expected.ledger || counted.totals !== expected.totals) {
    throw new Error(`${contender.name}: ${JSON.stringify(counted)} counted, ${JSON.stringify(expected)} sent`)
  }
  yield { name: `${contender.name}: events sent`, value: expected.ledger + expected.totals, unit: 'events' }
  yield { name: `${contender.name}: events in ledger or totals`, value: counted.ledger + counted.totals, unit: 'events' }
}

function* figures(scores: readonly Score[], perRound: number): Generator<Figure> {
  const [empty, ...ours] = scores.map((score) => ({ name: score.contender.name, ...figuresOf(score, perRound) }))
  if (empty === undefined) return
  for (const each of [empty, ...ours]) {
    yield { name: `${each.name}: rate`, value: each.rate, unit: 'events/s' }
    yield { name: `${each.name}: p50`, value: each.p50, unit: 'ms' }
    yield { name: `${each.name}: p99`, value: each.p99, unit: 'ms' }
    yield { name: `${each.name}: CPU an event`, value: each.cpu, unit: 'µs' }
    yield { name: `${each.name}: memory grown by`, value: each.memory, unit: 'bytes' }
  }
  for (const each of ours) {
    // A ratio of each round, then the median: neighbours in time are compared, not averages of different minutes.
    const ratios = each.rates.map((rate, round) => rate / (empty.rates[round] ?? Number.NaN))
    yield { name: `${each.name} : empty, rate`, value: median(ratios), unit: 'x' }
    yield { name: `${each.name} : empty, CPU an event`, value: each.cpu / empty.cpu, unit: 'x' }
    yield { name: `${each.name} - empty, memory grown by`, value: each.memory - empty.memory, unit: 'bytes' }
  }
}

function figuresOf({ contender: { pid }, rounds, cpuAt, memoryAt }: Score, perRound: number) {
  const rates = rounds.map(({ perSecond }) => perSecond)
  return {
    rates,
    rate: median(rates),
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
    cpu: ((cpuMs(pid) - cpuAt) * 1000) / (rounds.length * perRound),
    memory: residentBytes(pid) - memoryAt,
  }
}

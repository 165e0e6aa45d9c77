/**
 * The positive control: before anything is said to be absent, every form is planted once in every place and must be
 * found there, by the same gathering and the same search.
 *
 * A place that holds text gets bytes as a string of them. A header can't hold a zero byte or a line break at all, so
 * forms with one can't leak there; they are left out of its count.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { bundleModule } from './bundle.ts'
import { openClient } from './client.ts'
import { heardEvidence, kvEvidence, queueEvidence, stateEvidence } from './evidence.ts'
import { Finder, type Owner, type Prepared } from './finder.ts'
import { PLACES, type PlaceId } from './places.ts'
import { type Heard, type Runtime, startRuntime } from './runtime.ts'
import { groupOf, SECRET_GROUPS, type SecretGroup } from './secrets.ts'
import { traced } from './traces.ts'

export interface ControlCell {
  readonly place: PlaceId
  readonly group: SecretGroup
  readonly planted: number
  readonly found: number
}

export interface Control {
  readonly cells: readonly ControlCell[]
  readonly complete: boolean
  /** Names of some forms that were planted and not found. */
  readonly missed: readonly string[]
}

/** How forms are packed for a place: bytes a piece may hold as that place counts them, and pieces a request. */
interface Packing {
  readonly room: number
  readonly pieces: number
  readonly size: (form: Buffer) => number
}

const asBytes = (form: Buffer): number => form.length
const asUtf8 = (form: Buffer): number => Buffer.byteLength(form.toString('latin1'), 'utf8')
const asJson = (form: Buffer): number => Buffer.byteLength(JSON.stringify(form.toString('latin1')), 'utf8')

const PACKING: Partial<Record<PlaceId, Packing>> = {
  rows: { room: 1, pieces: 4000, size: asBytes },
  'kv-keys': { room: 500, pieces: 400, size: asUtf8 },
  'kv-values': { room: 200_000, pieces: 4, size: asBytes },
  'kv-metadata': { room: 1000, pieces: 400, size: asJson },
  queue: { room: 60_000, pieces: 1, size: asJson },
  // The traces drop a line that is too long.
  console: { room: 8000, pieces: 4, size: asUtf8 },
  'answer-headers': { room: 4000, pieces: 20, size: asUtf8 },
  'answer-bodies': { room: 200_000, pieces: 4, size: asBytes },
  outbound: { room: 200_000, pieces: 4, size: asBytes },
}

/** Between two forms, and at both ends of a piece: headers lose white space at their ends. */
const SEPARATOR = Buffer.from(' ~ ')

export async function runControl(prepared: Prepared): Promise<Control> {
  const state = mkdtempSync(join(tmpdir(), 'doorplate-control-'))
  const heard: Heard = { console: [], outbound: [] }
  const modules = { 'planter.mjs': await bundleModule(join(import.meta.dirname, 'worker/planter.ts')) }
  const finder = new Finder(prepared)
  const plantAll = async (places: readonly PlaceId[], observability: boolean): Promise<void> => {
    const runtime = await startRuntime({ state, modules, observability, queue: true }, heard)
    try {
      for (const place of places) await plant(place, prepared.owners, runtime, finder)
      if (observability) {
        await order(runtime.url, `/${LAST_PLANTED}`, 'none')
        await traced(state, LAST_PLANTED)
      }
      if (places.includes('queue')) finder.look(queueEvidence(await allDelivered(runtime)))
      if (places.includes('kv-keys'))
        for (const evidence of kvEvidence(await order(runtime.url, '/', 'dump'), NOTHING).evidence) finder.look(evidence)
    } finally {
      await runtime.stop()
    }
  }
  try {
    await plantAll(
      PLACES.map(({ id }) => id),
      false,
    )
    // What is printed is what the traces keep.
    await plantAll(['console'], true)
    for (const evidence of [...stateEvidence(state, NOTHING).evidence, ...heardEvidence(heard)]) finder.look(evidence)
  } finally {
    rmSync(state, { recursive: true, force: true })
  }
  return tally(prepared.owners, finder)
}

const NOTHING: ReadonlySet<string> = new Set()

const LAST_PLANTED = 'last-planted'

async function order(url: URL, path: string, place: string): Promise<Buffer> {
  const client = openClient(url, 1)
  const { body } = await client.send({ method: 'POST', path, headers: {}, body: JSON.stringify({ place, from: 0, pieces: [] }) })
  client.close()
  return body
}

const POLL_MS = 20

/** The queue delivers in its own time. */
async function allDelivered({ url }: Runtime): Promise<Buffer> {
  for (;;) {
    const { all, delivered } = JSON.parse((await order(url, '/', 'delivered')).toString('utf8'))
    if (all) return Buffer.from(JSON.stringify(delivered))
    await pause(POLL_MS)
  }
}

async function plant(place: PlaceId, owners: readonly Owner[], runtime: Runtime, finder: Finder): Promise<void> {
  const packing = PACKING[place]
  if (packing === undefined) return
  const pieces = pack(
    owners.filter((owner) => possible(place, owner)).map(({ form }) => Buffer.from(form.plant)),
    packing,
  )
  const client = openClient(runtime.url, 4)
  try {
    for (let from = 0; from < pieces.length; from += packing.pieces) {
      const body = JSON.stringify({ place, from, pieces: pieces.slice(from, from + packing.pieces) })
      const answer = await client.send({ method: 'POST', path: '/', headers: { 'Content-Type': 'application/json' }, body })
      if (place === 'answer-headers') finder.look({ place, where: 'planted', bytes: answer.head })
      else if (place === 'answer-bodies') finder.look({ place, where: 'planted', bytes: answer.body })
      else if (answer.status !== 204) throw new Error(`the control could not plant in ${place}: ${answer.body}`)
    }
  } finally {
    client.close()
  }
}

/** Base64 of pieces, each as full as its place allows. */
function pack(forms: readonly Buffer[], { room, size }: Packing): string[] {
  if (room === 1) return forms.map((form) => form.toString('base64'))
  const pieces: string[] = []
  let piece: Buffer[] = []
  let filled = 0
  for (const form of forms) {
    const needs = size(form) + SEPARATOR.length
    if (filled + needs > room - SEPARATOR.length && piece.length > 0) {
      pieces.push(Buffer.concat([SEPARATOR, ...piece]).toString('base64'))
      piece = []
      filled = 0
    }
    piece.push(form, SEPARATOR)
    filled += needs
  }
  if (piece.length > 0) pieces.push(Buffer.concat([SEPARATOR, ...piece]).toString('base64'))
  return pieces
}

/** What is planted as rows lies in files too, and what is printed lies in the traces. */
const possible = (place: PlaceId, { form }: Owner): boolean =>
  place !== 'answer-headers' || !form.plant.some((byte) => byte === 0 || byte === 10 || byte === 13)

function tally(owners: readonly Owner[], finder: Finder): Control {
  const missed: string[] = []
  const cells = PLACES.flatMap(({ id: place }) => {
    const found = finder.foundIn(place)
    const counts = new Map(SECRET_GROUPS.map((group) => [group, { planted: 0, found: 0 }]))
    owners.forEach((owner, number) => {
      const count = counts.get(groupOf(owner.secret, owner.form))
      if (count === undefined || !possible(place, owner)) return
      count.planted++
      if (found.has(number)) count.found++
      else missed.push(`${owner.secret.name}: ${owner.form.name}, in ${place}`)
    })
    return [...counts].map(([group, count]) => ({ place, group, ...count }))
  })
  return { cells, complete: missed.length === 0, missed: missed.slice(0, 20) }
}

/**
 * Stands in front of the built Worker inside the runtime and changes not one byte of it: it hands on its bindings,
 * watched, and breaks them when a proof asks for that. It also says when everything the Worker promised to finish
 * after its answer is finished, so that a proof never has to wait and hope.
 */
import { brokenDatabase, brokenLimit, brokenNamespace, type Fault, losingDatabase, type Material } from './faults.ts'
import { dumpNamespace } from './kv-dump.ts'
import worker from './worker.mjs'

/** The proof talks to this module under a path that no visitor could mean. */
const CONTROL = '/.prove/'

type Environment = Record<string, unknown>

let fault: Fault = 'none'
let pending = 0
/** How often the Worker was asked. */
let runs = 0
const touches: Record<string, number> = {}
/** What a broken binding says in its error: everything the request had. */
let material: Material = { values: [], address: '' }
const environments = new WeakMap<Environment, Environment>()
const realNow = Date.now
let frozen: number | null = null
Date.now = () => frozen ?? realNow()

/** Bodies of all messages, in the order of their deliveries. */
const delivered: string[] = []
const seen = new Set<string>()
/** How often the Worker sent a message back. */
let retries = 0
/** Ids of messages that the Worker wants to see again. */
const again = new Set<string>()
let sent = 0
/** Marks a message that is none of the Worker's: it is no evidence, what becomes of it is. */
const POISON = 'poison'
/** So often it has to come before it counts as refused. */
const POISON_DELIVERIES = 3
/** Deliveries of it that are still to come. */
let poisonDue = 0

async function control(request: Request, path: string, env: Environment): Promise<Response> {
  if (path === 'fault') fault = (await request.text()) as Fault
  if (path === 'clock') frozen = Number(await request.text()) || null
  if (path === 'kv') return Response.json(await dumpNamespace(env.RANGES as KVNamespace))
  if (path === POISON) {
    poisonDue += POISON_DELIVERIES
    await (env.COUNTS as Queue).send({ v: POISON, from: await request.text() })
  }
  if (path === 'queue') return Response.json(delivered)
  if (path === 'forget') for (const name of Object.keys(touches)) delete touches[name]
  return Response.json({ pending: pending + sent - seen.size + again.size + poisonDue, touches, runs, retries })
}

function watched(env: Environment): Environment {
  const known = environments.get(env)
  if (known !== undefined) return known
  const seen = new Proxy(env, {
    get(target, name) {
      if (typeof name !== 'string') return Reflect.get(target, name)
      touch(`${name}`)
      const binding = target[name]
      return typeof binding === 'object' && binding !== null ? watchedBinding(name, binding as Environment) : binding
    },
  })
  environments.set(env, seen)
  return seen
}

function watchedBinding(name: string, binding: Environment): Environment {
  return new Proxy(binding, {
    get(target, method) {
      if (typeof method !== 'string') return Reflect.get(target, method)
      touch(`${name}.${method}`)
      const broken = brokenMethod(name, method, binding)
      if (broken !== undefined) return broken
      const value = target[method]
      if (name === 'COUNTS' && method === 'send') return sending(binding as unknown as Queue)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function brokenMethod(binding: string, method: string, real: unknown): unknown {
  // What is only read is not lost.
  if (fault === 'd1-loses') return binding === 'DB' && method === 'batch' ? losingDatabase(real as D1Database, material) : undefined
  if (binding === 'DB' && fault.startsWith('d1-')) return brokenDatabase(fault, material)[method]
  if (binding === 'RANGES' && fault.startsWith('kv-')) return brokenNamespace(fault, material)
  if (binding === 'EVENT_LIMIT' && fault.startsWith('limit-')) return brokenLimit(fault, material)
  return undefined
}

const isPoison = (body: unknown): boolean => typeof body === 'object' && body !== null && 'v' in body && body.v === POISON

const sending = (queue: Queue) => async (body: unknown, options?: QueueSendOptions) => {
  sent++
  return queue.send(body, options)
}

/**
 * Being refused once is what a proof wants of a message. It then waits here until the database is well, however long the
 * proof takes to say so: else the queue would have thrown it away after its last try.
 */
async function wellAgain({ messages }: MessageBatch): Promise<void> {
  if (messages.some(({ id }) => again.has(id))) while (fault !== 'none') await new Promise((turn) => setTimeout(turn, 5))
}

/** The same message, which tells when it is asked to come again. */
const remembered = (message: Message): Message =>
  new Proxy(message, {
    get(target, name) {
      if (name === 'retry' && !isPoison(target.body)) {
        again.add(target.id)
        retries++
      }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })

const touch = (what: string): void => {
  touches[what] = (touches[what] ?? 0) + 1
}

function waiting(ctx: ExecutionContext): ExecutionContext {
  return new Proxy(ctx, {
    get(target, name) {
      if (name === 'waitUntil') return (promise: Promise<unknown>) => target.waitUntil(counted(promise))
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

async function counted(promise: Promise<unknown>): Promise<unknown> {
  pending++
  try {
    return await promise
  } finally {
    pending--
  }
}

export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith(CONTROL)) return control(request, pathname.slice(CONTROL.length), env)
    runs++
    material = {
      values: [...request.headers.values(), JSON.stringify(request.cf ?? {})],
      address: request.headers.get('cf-connecting-ip') ?? '',
    }
    return (
      (await worker.fetch?.(request as Parameters<NonNullable<typeof worker.fetch>>[0], watched(env), waiting(ctx))) ??
      new Response(null, { status: 500 })
    )
  },
  async scheduled(controller, env, ctx) {
    await worker.scheduled?.(controller, watched(env), waiting(ctx))
  },
  async queue(batch, env, ctx) {
    await wellAgain(batch)
    for (const { id, body } of batch.messages) {
      if (isPoison(body)) {
        poisonDue = Math.max(0, poisonDue - 1)
        continue
      }
      delivered.push(JSON.stringify(body))
      seen.add(id)
      again.delete(id)
    }
    const messages = batch.messages.map(remembered)
    const same = { queue: batch.queue, metadata: batch.metadata, messages, ackAll: () => batch.ackAll(), retryAll: () => batch.retryAll() }
    await counted(Promise.resolve(worker.queue?.(same, watched(env), waiting(ctx))))
  },
} satisfies ExportedHandler<Environment>

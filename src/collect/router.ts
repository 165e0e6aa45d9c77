import { Router } from 'itty-router'
import { readObjection } from '../privacy/objection.ts'
import { readBody } from './body.ts'
import { readEvent } from './event.ts'
import type { House } from './house.ts'
import { optOut } from './pages/opt-out.ts'
import { gpcStatement, manifest, trackingStatus } from './pages/well-known.ts'
import { you } from './pages/you.ts'
import { record } from './record.ts'
import { accepted, broken, notFound, tooLarge, wrongMethod } from './reply.ts'

/**
 * The public surface. itty-router because one page of it can be audited; not its AutoRouter, whose error handler
 * echoes messages to the client.
 */
type Arguments = [getHouse: () => House]

const router = Router<Request, Arguments>()

router.all('/opt-out', (request, getHouse) => optOut(request, getHouse()))
router.all('/you', (request, getHouse) => you(request, getHouse()))
router.get('/.well-known/gpc.json', () => gpcStatement())
router.get('/.well-known/dnt/', (request, getHouse) => trackingStatus(request, getHouse()))
router.get('/.well-known/dnt', (request, getHouse) => trackingStatus(request, getHouse()))
router.get('/.well-known/doorplate.json', (request, getHouse) => manifest(request, getHouse()))
router.all('*', () => notFound())

/**
 * Answers an event. The objection is read from the headers first; the body is read all the same, so that the reply
 * is the same as any other, and then dropped.
 * @param getHouse opens the bindings; not called for an objection.
 */
async function receive(request: Request, getHouse: () => House, ctx: ExecutionContext): Promise<Response> {
  const objection = readObjection(request.headers)
  const body = await readBody(request)
  if (body === 'too-large') return tooLarge()
  if (objection !== null || body === 'unreadable') return accepted()
  const event = readEvent(body.text)
  // A refusal blocks on every basis, so it needs no site to be looked up.
  if (event === null || event.ok === 0) return accepted()
  // Whatever breaks in there ends there: its text may echo input and is thrown away.
  ctx.waitUntil(record(event, request, objection, getHouse()).catch(() => undefined))
  return accepted()
}

export async function collect(request: Request, getHouse: () => House, ctx: ExecutionContext): Promise<Response> {
  try {
    // Nearly every request is an event: it goes round the router, which would try it against each of its patterns.
    if (EVENT.test(request.url)) return request.method === 'POST' ? await receive(request, getHouse, ctx) : wrongMethod('POST')
    return await router.fetch(request, getHouse)
  } catch {
    return broken()
  }
}

const EVENT = /^https?:\/\/[^/?#]+\/e\/?(?:[?#]|$)/

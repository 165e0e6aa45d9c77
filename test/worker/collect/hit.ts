import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { type House, openHouse } from '../../../src/collect/house.ts'
import { collect } from '../../../src/collect/router.ts'
import { ADDRESSES } from '../../addresses.ts'
import { NOW } from '../fixtures.ts'

/** A browser's event as it arrives: five lines to build, `null` takes a header away. */
export interface Hit {
  readonly from?: keyof typeof ADDRESSES
  readonly origin?: string | null
  readonly headers?: Record<string, string>
  readonly method?: string
  readonly url?: string
  readonly body?: unknown
  readonly country?: string
}

export const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

export function request(hit: Hit = {}): Request {
  const headers = new Headers({
    'CF-Connecting-IP': ADDRESSES[hit.from ?? 'acme'],
    'Content-Type': 'text/plain',
    'User-Agent': BROWSER,
    ...(hit.origin === null ? {} : { Origin: hit.origin ?? 'https://shop.example' }),
    ...hit.headers,
  })
  const method = hit.method ?? 'POST'
  const body = typeof hit.body === 'string' ? hit.body : JSON.stringify(hit.body ?? { k: 'view', p: '/' })
  return new Request(hit.url ?? 'https://t.shop.example/e', {
    method,
    headers,
    ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
    cf: { country: hit.country ?? 'DE' } as unknown as CfProperties,
  })
}

/** Sends it and waits until everything after the reply is done. */
export async function send(hit: Hit = {}, house: House = openHouse(env, () => NOW)): Promise<Response> {
  const ctx = createExecutionContext()
  const response = await collect(request(hit), () => house, ctx)
  await waitOnExecutionContext(ctx)
  return response
}

import type { Site } from '../../ledger/site.ts'
import { manifestOf } from '../../privacy/manifest.ts'
import { RELEASE } from '../../release.ts'
import type { House } from '../house.ts'
import { notFound } from '../reply.ts'

/** What a machine may ask: the GPC statement, the W3C tracking status, the privacy manifest. No cookie, nothing stored. */
const COMMON = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', 'Access-Control-Allow-Origin': '*', Tk: 'N' } as const

export function gpcStatement(): Response {
  return Response.json({ gpc: true, lastUpdate: RELEASE.date }, { headers: COMMON })
}

export async function trackingStatus(request: Request, house: House): Promise<Response> {
  const { policy, contact } = (await siteOfHost(request, house))?.settings.parties ?? { policy: null, contact: null }
  const status = {
    tracking: 'N',
    compliance: [],
    ...(policy === null ? {} : { policy, controller: [policy] }),
    ...(contact === null ? {} : { contact }),
  }
  return new Response(JSON.stringify(status), { headers: { ...COMMON, 'Content-Type': 'application/tracking-status+json' } })
}

export async function manifest(request: Request, house: House): Promise<Response> {
  const site = await siteOfHost(request, house)
  if (site === null) return notFound()
  const pointer = await house.ranges.pointer()
  const table =
    pointer === null
      ? null
      : { version: pointer.version, sources: pointer.sources.map(({ name, licence, date }) => ({ name, licence, date })) }
  return Response.json(manifestOf(site, { retention: site.settings.retention, stated: house.stated, table }), { headers: COMMON })
}

async function siteOfHost(request: Request, house: House): Promise<Site | null> {
  const { host } = new URL(request.url)
  const { byEndpointHost, byPageHost } = await house.sites.current(house.now())
  return byEndpointHost.get(host) ?? byPageHost.get(host) ?? null
}

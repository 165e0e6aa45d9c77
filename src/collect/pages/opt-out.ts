import { cookieReaches } from '../../hosts.ts'
import { type Language, readLanguage } from '../../privacy/language.ts'
import { readObjection } from '../../privacy/objection.ts'
import { VISITOR_TEXTS, type VisitorTexts } from '../../privacy/texts/visitor.ts'
import { readBody } from '../body.ts'
import type { House } from '../house.ts'
import { wrongMethod } from '../reply.ts'
import { html, type Markup, page } from './html.ts'

/**
 * P6: the only thing Doorplate puts on a device is the visitor's own refusal, and only when the visitor asks for it.
 * GET changes nothing. The cookie has one value for everybody, so it recognises nobody. On a host whose cookie cannot
 * reach the site's events the page says so and shows no switch.
 */
const THIRTEEN_MONTHS_S = 395 * 24 * 3600
const COOKIE = 'doorplate_optout'
const ATTRIBUTES = 'Path=/; Secure; SameSite=Lax'

export async function optOut(request: Request, house: House): Promise<Response> {
  if (request.method === 'GET' || request.method === 'HEAD') return show(request, house, null)
  if (request.method !== 'POST') return wrongMethod('GET, POST')
  const body = await readBody(request)
  const choice = typeof body === 'string' ? null : new URLSearchParams(body.text).get('choice')
  if (choice !== 'object' && choice !== 'withdraw') return show(request, house, null)
  // A stranger's page may make somebody object, which harms nobody; it may not take an objection away.
  if (choice === 'withdraw' && request.headers.get('origin') !== new URL(request.url).origin) return show(request, house, 'elsewhere')
  return show(request, house, choice)
}

type Done = 'object' | 'withdraw' | 'elsewhere' | null

async function show(request: Request, house: House, done: Done): Promise<Response> {
  const { host, searchParams } = new URL(request.url)
  const language = readLanguage(searchParams.get('lang'), request.headers.get('accept-language'))
  const t = VISITOR_TEXTS[language]
  const { sites, policy } = await reached(host, house)
  const frame = { language, path: '/opt-out', title: t.objectTitle }
  const intro = html`<p>${t.objectIntro}</p>`
  if (sites === 'none') {
    const link = policy === null ? null : html`<p><a class="button" href="${policy}">${t.toPolicy}</a></p>`
    return page(frame, html`${intro}<p class="state">${t.cannotReach}</p>${link}${gpc(t)}`)
  }
  const change = cookieFor(done)
  const headers = change === null ? undefined : { 'Set-Cookie': change, Tk: 'U' }
  return page({ ...frame, ...(headers === undefined ? {} : { headers }) }, html`${intro}${theSwitch(request, language, t, done)}${gpc(t)}`)
}

function cookieFor(done: Done): string | null {
  if (done === 'object') return `${COOKIE}=1; Max-Age=${THIRTEEN_MONTHS_S}; ${ATTRIBUTES}`
  if (done === 'withdraw') return `${COOKIE}=; Max-Age=0; ${ATTRIBUTES}`
  return null
}

function theSwitch(request: Request, language: Language, t: VisitorTexts, done: Done): Markup {
  const objection = readObjection(request.headers)
  const byCookie = done === 'object' || (objection === 'opt-out' && done !== 'withdraw')
  const byBrowser =
    request.headers.has('sec-gpc') || request.headers.has('dnt') ? readObjection(withoutCookie(request.headers)) !== null : false
  return html`
<p class="state" role="status">${byCookie ? t.objected : byBrowser ? t.objects : t.notObjected}</p>
${done === 'elsewhere' ? html`<p>${t.elsewhere}</p>` : null}
<form method="post" action="/opt-out?lang=${language}">
<input type="hidden" name="choice" value="${byCookie ? 'withdraw' : 'object'}">
<button type="submit">${byCookie ? t.withdraw : t.object}</button>
</form>
<p>${t.deviceOnly}</p>
<p><a href="/you?lang=${language}">${t.youLink}</a></p>`
}

function withoutCookie(headers: Headers): Headers {
  const rest = new Headers(headers)
  rest.delete('cookie')
  return rest
}

function gpc(t: VisitorTexts): Markup {
  return html`<p>${t.gpc} <a href="https://globalprivacycontrol.org" rel="noreferrer">globalprivacycontrol.org</a></p>`
}

/**
 * Whether an opt-out on this host reaches the events of a site. While the list of sites cannot be read the switch is
 * shown: a refusal too many harms nobody.
 */
async function reached(host: string, house: House): Promise<{ sites: 'some' | 'none'; policy: string | null }> {
  const { byEndpointHost, byPageHost, byId } = await house.sites.current(house.now())
  if (byId.size === 0) return { sites: 'some', policy: null }
  const site = byEndpointHost.get(host) ?? byPageHost.get(host)
  if (site === undefined) return { sites: 'none', policy: null }
  const pages = [...byPageHost].filter(([, owner]) => owner.id === site.id).map(([page]) => page)
  return { sites: pages.some((page) => cookieReaches(host, page)) ? 'some' : 'none', policy: site.settings.parties.policy }
}

import type { Site } from '../../ledger/site.ts'
import { readLanguage } from '../../privacy/language.ts'
import { readObjection } from '../../privacy/objection.ts'
import { VISITOR_TEXTS, type VisitorTexts } from '../../privacy/texts/visitor.ts'
import { VisitorAddress } from '../../privacy/visitor-address.ts'
import { COMPILED_BY_HAND, fieldNote } from '../../receipt.ts'
import type { CompanyField, CompanyRecord } from '../../words.ts'
import type { House } from '../house.ts'
import { lookUp } from '../look-up.ts'
import { wrongMethod } from '../reply.ts'
import { html, type Markup, page } from './html.ts'

/**
 * `/you`: what a visit from here would count as, with the receipt. Stores nothing. To a visitor with an objection it
 * says so without reading the address (P1); a button looks once if the visitor wants. Never a range or an AS number.
 */
export async function you(request: Request, house: House): Promise<Response> {
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) return wrongMethod('GET, POST')
  const { host, searchParams } = new URL(request.url)
  const language = readLanguage(searchParams.get('lang'), request.headers.get('accept-language'))
  const t = VISITOR_TEXTS[language]
  const frame = { language, path: '/you', title: t.youTitle }
  const linkToSwitch = (text: string) => html`<p><a href="/opt-out?lang=${language}">${text}</a></p>`

  const { byEndpointHost, byPageHost } = await house.sites.current(house.now())
  const site = byEndpointHost.get(host) ?? byPageHost.get(host)
  if (site === undefined) return page({ ...frame, status: 404 }, html`<p class="state">${t.noSite}</p>`)

  // Only this page's own button asks for it: a stranger's page must not look somebody up who objects.
  const asked = request.method === 'POST' && request.headers.get('origin') === new URL(request.url).origin
  if (!asked && readObjection(request.headers) !== null) {
    const look = html`<form method="post" action="/you?lang=${language}"><button type="submit">${t.lookOnce}</button></form>`
    return page(frame, html`<p class="state">${t.youObject}</p>${look}${linkToSwitch(t.objectionLink)}`)
  }
  if (site.basis === 'off') return page(frame, html`<p class="state">${t.youOff}</p>`)
  if (!(await house.limit(`you:${host}`)))
    return page({ ...frame, status: 429, headers: { 'Retry-After': '60' } }, html`<p class="state">${t.tooMany}</p>`)

  const rules = await house.rules.current(house.now())
  const answered = await lookUp(VisitorAddress.from(request.headers), site.id, rules, house.ranges)
  // A blocked network counts like any that is not listed.
  const company = answered === 'block' ? null : answered
  const consent = site.basis === 'consent' ? html`<p>${t.youConsent}</p>` : null
  const credited = (await house.ranges.pointer())?.sources.flatMap((source) => source.credits) ?? []
  // Two sources may owe the same link.
  const credits = [...new Map(credited.map((credit) => [credit.url, credit])).values()]
  return page(
    frame,
    html`${consent}${answer(company, site, t)}<p>${t.nothingStored}</p>${linkToSwitch(t.objectLink)}${contact(site, t)}${creditLine(credits, t)}`,
  )
}

function answer(company: CompanyRecord | null, site: Site, t: VisitorTexts): Markup {
  if (company === null) return html`<p class="state">${t.youNobody}</p>`
  const { receipt } = company
  const from = (field: CompanyField): string => {
    const note = fieldNote(receipt, field)
    return note === null ? '' : ` (${note === COMPILED_BY_HAND ? t.byHand : note})`
  }
  const known = (['domain', 'industry', 'employees'] as const).filter((field) => company[field] !== null)
  const facts: readonly (readonly [string, string])[] = [
    [t.name, company.name + from('name')],
    [t.kind, t.kinds[company.kind] + from('kind')],
    [t.seat, [company.city, company.country].filter((part) => part !== null).join(', ') + from('country')],
    ...known.map((field) => [t[field], `${company[field]}${from(field)}`] as const),
    [t.source, `${receipt.source} ${receipt.sourceVersion}, ${receipt.sourceDate}`],
    [t.licence, receipt.licence],
    [t.evidence, receipt.evidence],
    [t.confidence, `${receipt.confidence} ${t.of100}`],
    [t.tableVersion, receipt.tableVersion.slice(0, 16)],
  ]
  const shown = site.settings.kinds.includes(company.kind)
  return html`<p class="state">${shown ? t.youCompany : t.youKindHidden}</p>
<dl>${facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
<p>${t.notYou}</p>`
}

function contact(site: Site, t: VisitorTexts): Markup | null {
  const { contact: address } = site.settings.parties
  return address === null ? null : html`<p>${t.companyObjects} ${address}.</p>`
}

function creditLine(credits: readonly { readonly text: string; readonly url: string }[], t: VisitorTexts): Markup | null {
  if (credits.length === 0) return null
  return html`<p class="credits">${t.dataBy} ${credits.map(({ text, url }) => html`<a href="${url}" rel="noreferrer">${text}</a> `)}</p>`
}

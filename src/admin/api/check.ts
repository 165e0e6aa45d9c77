import * as z from 'zod/mini'
import type { Site } from '../../ledger/site.ts'
import { readDraft } from '../../ledger/sites.ts'
import { checkHtml, type Finding, fetchPage, type PageFault } from '../check-installation.ts'
import { say } from '../installation/words.ts'
import { Refusal } from '../problem.ts'
import { readTexts } from '../texts/index.ts'
import { type Doer, recorded } from './deed.ts'
import { NoParams, Slug } from './fields.ts'
import { route } from './route.ts'

/**
 * Whether Doorplate's line is on a page as the site's settings want it: pasted HTML, or a page of the site that is
 * fetched now. Of what was looked at nothing is kept; that somebody had a page fetched stands in the audit log.
 */
const LARGEST_HTML = 1_000_000

export const CheckQuestion = z.strictObject({
  html: z.optional(z.string().check(z.minLength(1), z.maxLength(LARGEST_HTML), z.describe('Source of a page.'))),
  url: z.optional(
    z.string().check(z.minLength(1), z.maxLength(2_000), z.describe('Address of a page on a host of this site; it is fetched.')),
  ),
})

export type CheckQuestion = z.infer<typeof CheckQuestion>

export interface Checked {
  /** Of the page that was fetched, after redirects. */
  readonly url: string | null
  /** Why there is nothing to look at. */
  readonly fault: PageFault | null
  readonly findings: readonly Finding[]
}

/** @returns what was found, or which field says nothing that can be looked at. */
export async function checkInstallation(doer: Doer, site: Site, { html, url }: CheckQuestion): Promise<Checked | Refusal> {
  if ((html === undefined) === (url === undefined)) return new Refusal(400, 'Send either "html" or "url".', 'url')
  const { pageHosts = [], endpointHosts = [] } = (await readDraft(doer.desk, site.id)) ?? {}
  const checked = { basis: site.basis, pageHosts, endpointHosts }
  if (url === undefined) return { url: null, fault: null, findings: await checkHtml(html ?? '', checked) }
  const deed = { action: 'site.check', site: site.id, detail: '' } as const
  const page = await recorded(
    doer,
    deed,
    () => fetchPage(url, pageHosts, doer.house.send),
    ({ fetched }) => Number(fetched),
  )
  if (page.fetched) return { url: page.url, fault: null, findings: await checkHtml(page.html, checked, page.url, page.policies) }
  if (page.why === 'not-a-url') return new Refusal(400, '"url" is no address of a page: write it in full, https://www.example.com/.', 'url')
  if (page.why === 'not-registered')
    return new Refusal(400, 'The host of "url" is not registered for this site. Register it, or send "html".', 'url')
  return { url: null, fault: page.why, findings: [] }
}

const FindingShape = z.object({
  code: z.string(),
  level: z.enum(['good', 'note', 'wrong']),
  says: z.string(),
  mend: z.string().check(z.describe('What to do; empty where there is nothing to do.')),
})

export const check = route({
  method: 'post',
  path: '/sites/{id}/check',
  id: 'checkInstallation',
  role: 'analyst',
  site: 'path',
  params: z.strictObject({ id: Slug }),
  query: NoParams,
  body: CheckQuestion,
  largestBody: 2 * LARGEST_HTML,
  answer: z.object({
    site: z.string(),
    url: z.nullable(z.string()),
    findings: z.array(FindingShape),
    note: z.string(),
  }),
  async handle(call) {
    const checked = await checkInstallation(call, call.site, call.body)
    if (checked instanceof Refusal) return checked
    const texts = await readTexts(call.c.env, 'en')
    const { url, fault } = checked
    const findings = fault === null ? checked.findings : [{ code: fault, level: 'wrong' as const, about: '', instead: '' }]
    const said = findings.map((found) => ({ code: found.code, level: found.level, ...say(texts, found) }))
    return { site: call.site.id, url, findings: said, note: 'Nothing of the page is stored.' }
  },
})

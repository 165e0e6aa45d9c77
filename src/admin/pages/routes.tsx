import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import type { AdminEnv } from '../auth.ts'
import { chooseLanguage } from '../language.ts'
import { Refusal } from '../problem.ts'
import { Layout } from './layout.tsx'
import { PAGES } from './list.ts'
import { notice } from './notice.tsx'
import { type AnyAt, hereWith, openPage, type Page } from './page.tsx'

/** Serves the list of pages: role, then site, then the page; a form is answered by its page. */
export const pages = new Hono<AdminEnv>()

/** Larger than any form of ours. */
const LARGEST_FORM = 256 * 1024

for (const page of PAGES) {
  pages.get(page.path, (c) => chooseLanguage(c) ?? show(page, c))
  pages.post(page.path, (c) => submit(page, c))
}

async function show(page: Page, c: Context<AdminEnv>): Promise<Response> {
  const at = await open(page, c)
  return at instanceof Response ? at : render(page, { ...at, notice: noticeOf(page, at) })
}

async function submit(page: Page, c: Context<AdminEnv>): Promise<Response> {
  const at = await open(page, c)
  if (at instanceof Response) return at
  const fields = await formOf(c)
  if (fields === null) return notice(c, 400, (t) => t.frame.notAForm)
  const form = String(fields.get('form') ?? '')
  const outcome = await page.act(at, form, fields)
  if (outcome instanceof Refusal) return render(page, { ...at, refused: { form, refusal: outcome, fields } }, outcome.status)
  if ('answer' in outcome) return render(page, { ...at, answer: (name) => (name === form ? outcome.answer : null) })
  const back = new URL(outcome.to ?? hereWith(at), c.req.url)
  back.searchParams.set('done', outcome.done)
  if (outcome.n === undefined) back.searchParams.delete('n')
  else back.searchParams.set('n', String(outcome.n))
  return c.redirect(`${back.pathname}${back.search}`, 303)
}

/** What the page gets; or what is said instead, where the role is too small or there is no site. */
async function open(page: Page, c: Context<AdminEnv>): Promise<AnyAt | Response> {
  const { site, ...rest } = await openPage(c, page.nav)
  if (!rest.may(page.role)) return notice(c, 403, (t) => t.frame.roleTooSmall(t.frame.roles[page.role]))
  if (site === undefined) return notice(c, 404, (t) => t.frame.noSuchSite)
  // An installation without a site begins with the form that makes one: what a "Deploy to Cloudflare" button leaves.
  if (site === null && page.needsSite) return rest.may('owner') ? c.redirect('/admin/sites', 303) : notice(c, 404, (t) => t.frame.noSite)
  return { ...rest, site }
}

async function render(page: Page, at: AnyAt, status: number = 200): Promise<Response> {
  const shown = await page.show(at)
  if (shown instanceof Response) return shown
  const html = (
    <Layout at={at} title={shown.title}>
      {shown.body}
    </Layout>
  )
  return at.c.html(html, (status === 200 ? (shown.status ?? 200) : status) as 200)
}

/** The sentence for `?done=…`; an address that somebody made up says nothing. */
function noticeOf(page: Page, { t, f, query }: AnyAt): string | null {
  const sentences = page.done?.(t) ?? {}
  const said = query.done === undefined || !Object.hasOwn(sentences, query.done) ? undefined : sentences[query.done]
  if (typeof said !== 'function') return said ?? null
  return /^\d{1,9}$/.test(query.n ?? '') ? said(f.number(Number(query.n))) : null
}

async function formOf(c: Context<AdminEnv>): Promise<FormData | null> {
  if (Number(c.req.header('content-length') ?? 0) > LARGEST_FORM) return null
  try {
    return await c.req.formData()
  } catch {
    return null
  }
}

import { raw } from 'hono/html'
import type { Language } from '../../../privacy/language.ts'
import { htmlOf } from '../../../privacy/markdown.ts'
import { fillPaper, type PackedPaper } from '../../../privacy/papers.ts'
import type { TextKind } from '../../../privacy/texts/catalogue.ts'
import { PARTIES } from '../../../privacy/texts/text.ts'
import type { Texts } from '../../texts/index.ts'
import { type At, hereWith, type Shown, sitePage } from '../page.tsx'
import { Table } from '../parts/table.tsx'
import { sourceOf } from './source.ts'
import { Tabs } from './tabs.tsx'

/** The papers a data protection officer needs, made from the manifest: to read, print, copy or save. No legal advice. */
export const papers = sitePage({
  path: '/privacy/papers',
  nav: 'privacy',
  role: 'viewer',
  show(at) {
    const { t, f, site } = at
    const missing = PARTIES.filter((party) => site.settings.parties[party] === null)
    return {
      title: t.privacy.papers.title,
      body: (
        <>
          <h1>{t.privacy.papers.title}</h1>
          <p class="lead">{t.privacy.papers.lead}</p>
          <Tabs at={at} part="papers" />
          {missing.length === 0 ? null : (
            <p class="warning">
              {t.privacy.papers.missing(f.list(missing.map((party) => t.privacy.parties[party])))}{' '}
              {at.may('owner') ? <a href={at.to('/sites')}>{t.privacy.site.toSites}</a> : null}
            </p>
          )}
          <Table title={t.privacy.papers.title}>
            {KINDS.map((kind) => (
              <tr>
                <th scope="row">
                  <a href={at.to(`/privacy/papers/${kind}`)}>{t.privacy.papers.kinds[kind].title}</a>
                  <small>{t.privacy.papers.kinds[kind].use}</small>
                </th>
                <td class="nowrap">
                  {(['de', 'en'] as const).map((language) => (
                    <>
                      <a href={at.to(`/privacy/papers/${kind}`, { text: language })}>{t.privacy.papers.languages[language]}</a>{' '}
                    </>
                  ))}
                </td>
              </tr>
            ))}
          </Table>
        </>
      ),
    }
  },
})

/** In the order in which they are needed: before the site is live, then once a year. */
const KINDS = [
  'notice',
  'consent-text',
  'cookies',
  'record',
  'balancing',
  'dpia-screening',
  'toms',
  'art28',
  'rights',
  'staff-sheet',
  'processor-contract',
  'record-processor',
] as const satisfies readonly TextKind[]

export const paper = sitePage({
  path: '/privacy/papers/:paper',
  nav: 'privacy',
  role: 'viewer',
  async show(at) {
    const { t, f, c, query } = at
    const kind = KINDS.find((each) => each === c.req.param('paper'))
    if (kind === undefined) return notThere(t)
    const language: Language = query.text === 'de' || query.text === 'en' ? query.text : f.language
    const packed = await read(c.env, kind, language)
    if (packed === null) return notThere(t)
    const source = await sourceOf(at)
    const written = fillPaper(packed, source, language)
    const { title } = t.privacy.papers.kinds[kind]
    if ('text' in written) {
      if (query.file === 'md') return file(written.text, `${kind}.${language}.md`)
      return { title, body: <Paper at={at} language={language} text={written.text} /> }
    }
    return {
      title,
      body: (
        <>
          <Back at={at} />
          <h1>{title}</h1>
          <p class="warning">
            {'unfit' in written
              ? t.privacy.papers.unfit(t.names.bases[at.site.basis])
              : t.privacy.papers.missing(f.list(written.missing.map((party) => t.privacy.parties[party])))}{' '}
            {at.may('owner') ? <a href={at.to('/sites')}>{t.privacy.site.toSites}</a> : null}
          </p>
        </>
      ),
    }
  },
})

function Paper({ at, language, text }: { readonly at: At; readonly language: Language; readonly text: string }) {
  const { t } = at
  const other = language === 'de' ? 'en' : 'de'
  return (
    <>
      <Back at={at} />
      <p class="row no-print">
        <a class="button second" href={hereWith(at, { file: 'md', text: language })}>
          {t.privacy.papers.save}
        </a>
        <a class="quiet" href={hereWith(at, { text: other })}>
          {t.privacy.papers.languages[other]}
        </a>
      </p>
      <article class="paper sheet" lang={language}>
        {raw(htmlOf(text))}
      </article>
      <details class="no-print">
        <summary>{t.privacy.papers.markdown}</summary>
        <textarea readonly={true} rows={18} aria-label={t.privacy.papers.markdown} lang={language} spellcheck={false}>
          {text}
        </textarea>
      </details>
    </>
  )
}

function Back({ at }: { readonly at: At }) {
  return (
    <p class="back no-print">
      <a href={at.to('/privacy/papers')}>← {at.t.privacy.papers.title}</a>
    </p>
  )
}

const notThere = (t: Texts): Shown => ({
  title: t.frame.nothingHere.title,
  status: 404,
  body: (
    <>
      <h1>{t.frame.nothingHere.title}</h1>
      <p>{t.frame.nothingHere.text}</p>
    </>
  ),
})

async function read({ ASSETS }: Pick<Env, 'ASSETS'>, kind: TextKind, language: Language): Promise<PackedPaper | null> {
  const packed = await ASSETS.fetch(new URL(`/admin/papers/${kind}.${language}.json`, 'https://doorplate.invalid'))
  return packed.ok ? packed.json<PackedPaper>() : null
}

function file(text: string, name: string): Response {
  return new Response(text, {
    headers: { 'Content-Type': 'text/markdown; charset=utf-8', 'Content-Disposition': `attachment; filename="${name}"` },
  })
}

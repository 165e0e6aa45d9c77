import { readOther } from '../../ledger/other.ts'
import { addDays, today } from '../../ledger/period.ts'
import { Settings, SITE_DEFAULTS } from '../../ledger/settings.ts'
import { readDraft } from '../../ledger/sites.ts'
import { CheckQuestion, check, checkInstallation } from '../api/check.ts'
import { changeSite, deleteSite, explain } from '../api/sites.ts'
import { Refusal } from '../problem.ts'
import { Bare } from './layout.tsx'
import { type At, type Outcome, sitePage, textOf } from './page.tsx'
import { Careful, Field } from './parts/form.tsx'
import { formField, GROUPS, type Group, type SiteBody, withGroup } from './site/draft.ts'
import { Lines, Unreached } from './site/lines.tsx'
import { SettingsForms } from './site/settings.tsx'
import { Checked, CheckForm, Explained, ExplainForm } from './site/try.tsx'

/** Everything about one site: its line, its settings in groups, whether it works, and its end. */
export const site = sitePage({
  path: '/sites/:id',
  nav: 'sites',
  role: 'viewer',
  done: (t) => t.sites.done,
  forms: ofThisSite({
    ...Object.fromEntries(GROUPS.map((group) => [group, (at: At, fields: FormData) => save(group, at, fields)])),
    check: (at, fields) => look(at, { url: textOf(fields, 'url') }),
    paste: (at, fields) => look(at, { html: textOf(fields, 'html') }),
    async explain(at, fields) {
      const told = await at.run(explain, { params: { id: at.site.id }, body: { consent: fields.has('consent') } })
      return told instanceof Refusal ? told : { answer: <Explained at={at} told={told} /> }
    },
    async erase(at, fields) {
      if (textOf(fields, 'sure-id') !== at.site.id) return new Refusal(400, 'This is not the id of the site.', 'sure')
      const gone = await at.run(deleteSite, { params: { id: at.site.id } })
      return gone instanceof Refusal ? gone : { answer: <Receipt at={at} erased={gone.erased} /> }
    },
  }),
  async show(at) {
    const { t, site, c } = at
    const id = c.req.param('id') ?? ''
    // The address names the site twice, for the other pages' sake; where the two differ the path is meant.
    if (id !== site.id) return c.redirect(at.to(`/sites/${encodeURIComponent(id)}`, { site: id }), 303)
    const receipt = at.answer('erase')
    if (receipt !== null) {
      // Without the frame, whose links would lead to a site that is gone.
      return c.html(
        <Bare language={at.f.language} title={t.sites.erase.receipt}>
          <section>{receipt}</section>
        </Bare>,
      )
    }
    const body = await bodyOf(at)
    const day = today(at.now, site.timeZone)
    const other = await readOther(at.db, site.id, { from: addDays(day, -29), to: day })
    const parts = ['line', ...(at.may('owner') ? GROUPS : []), 'check', 'explain'] as const
    const titleOf = (part: (typeof parts)[number]) =>
      part === 'line' || part === 'check' || part === 'explain' ? t.sites[part].title : t.sites.groups[part]
    return {
      title: site.name,
      body: (
        <>
          <p class="back">
            <a href={at.to('/sites')}>← {t.sites.title}</a>
          </p>
          <h1>
            {site.name} <span class="tag">{t.names.bases[site.basis]}</span>
          </h1>
          <nav aria-label={t.sites.jump} class="tabs">
            <ul>
              {parts.map((part) => (
                <li>
                  <a href={`#${part}`}>{titleOf(part)}</a>
                </li>
              ))}
            </ul>
          </nav>
          <NotSaved at={at} />
          <Unreached at={at} body={body} />
          <Lines at={at} body={body} />
          {at.may('owner') ? null : <p class="hint">{t.sites.viewOnly}</p>}
          <div class="settings">
            <SettingsForms at={at} body={body} other={other} today={day} />
          </div>
          <div class="columns beside">
            <CheckForm at={at} />
            <ExplainForm at={at} />
          </div>
          {at.may('owner') ? <Erase at={at} /> : null}
        </>
      ),
    }
  },
})

type SiteForms = Readonly<Record<string, (at: At, fields: FormData) => Promise<Outcome>>>

/** Forms that do nothing where the address names two sites. */
function ofThisSite(forms: SiteForms): SiteForms {
  const guarded = Object.entries(forms).map(([name, form]): [string, SiteForms[string]] => [
    name,
    async (at, fields) => (at.c.req.param('id') === at.site.id ? form(at, fields) : new Refusal(404, 'There is no such site.', 'site')),
  ])
  return Object.fromEntries(guarded)
}

/** What is saved, or where it does not fit any more the defaults, to be saved anew. */
async function bodyOf({ desk, site }: At): Promise<SiteBody> {
  const draft = await readDraft(desk, site.id)
  const settings = Settings.safeParse(draft?.settings)
  const { name = site.name, basis = site.basis, timeZone = site.timeZone, pageHosts = [], endpointHosts = [] } = draft ?? {}
  return { name, basis, timeZone, pageHosts, endpointHosts, settings: settings.success ? settings.data : SITE_DEFAULTS }
}

/** Like the API's route, but with the findings as such: the page says them in its own language. */
async function look(at: At, asked: CheckQuestion): Promise<Outcome> {
  if (!at.may(check.role)) return new Refusal(403, `This needs the role ${check.role}.`)
  const question = CheckQuestion.safeParse(asked)
  if (!question.success) return new Refusal(400, 'There is nothing to look at.', Object.keys(asked)[0])
  const { house, now, principal, desk } = at
  const checked = await checkInstallation({ desk, house, now, principal }, at.site, question.data)
  return checked instanceof Refusal ? checked : { answer: <Checked at={at} checked={checked} /> }
}

async function save(group: Group, at: At, fields: FormData) {
  const saved = await at.run(changeSite, { params: { id: at.site.id }, body: withGroup(group, await bodyOf(at), fields) })
  if (!(saved instanceof Refusal)) return { done: 'saved' }
  return new Refusal(saved.status, saved.detail, formField(saved.field ?? ''), saved.code)
}

/** The way to the form that was refused, for it may stand far down. */
function NotSaved({ at }: { readonly at: At }) {
  const { t, refused } = at
  const group = GROUPS.find((each) => each === refused?.form)
  return group === undefined ? null : (
    <p class="wrong">
      {t.frame.refusals.field} <a href={`#${group}`}>{t.sites.groups[group]}</a>
    </p>
  )
}

function Erase({ at }: { readonly at: At }) {
  const { erase, reasons } = at.t.sites
  return (
    <Careful at={at} name="erase" summary={erase.title} text={erase.text} tick={erase.tick} button={erase.button} reasons={reasons}>
      <Field at={at} form="erase" name="sure-id" label={erase.type(at.site.id)} required={true} autocomplete="off" />
    </Careful>
  )
}

function Receipt({ at, erased }: { readonly at: At; readonly erased: Readonly<Record<string, number>> }) {
  const { t, f } = at
  const rows = Object.values(erased).reduce((sum, count) => sum + count, 0)
  return (
    <>
      <h1>{t.sites.erase.receipt}</h1>
      <p role="status">{t.sites.done.erased(f.number(rows))}</p>
      <section class="scroll sheet flush" tabindex={0} aria-label={t.sites.erase.receipt}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.sites.erase.table}</th>
              <th scope="col" class="number">
                {t.sites.erase.rows}
              </th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(erased).map(([table, count]) => (
              <tr>
                <th scope="row">
                  <code>{table}</code>
                </th>
                <td class="number">{f.number(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p>
        <a href="/admin/sites">{t.sites.erase.back}</a>
      </p>
    </>
  )
}

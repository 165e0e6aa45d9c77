import { createSite } from '../api/sites.ts'
import { Refusal } from '../problem.ts'
import { type AnyAt, operatorPage, textOf } from './page.tsx'
import { Field, Form } from './parts/form.tsx'
import { generalOf } from './site/draft.ts'
import { well } from './site/well.tsx'

/** The sites a reader may see, and a new one; the page to begin with where there is none. */
export const sites = operatorPage({
  path: '/sites',
  nav: 'sites',
  role: 'viewer',
  done: (t) => t.sites.done,
  forms: {
    /** With the basis `consent`, which needs nothing more: the other one is set when its test is on record. */
    async add(at, fields) {
      const made = await at.run(createSite, {
        body: { id: textOf(fields, 'id'), ...generalOf(fields), basis: 'consent', settings: {} },
      })
      return made instanceof Refusal ? made : { done: 'added', to: `/admin/sites/${made.id}?site=${made.id}` }
    },
  },
  async show(at) {
    const { t, sites: seen } = at
    const wellbeing = at.may('owner') ? await well(at) : null
    return {
      title: t.sites.title,
      body: (
        <>
          <h1>{t.sites.title}</h1>
          <p class="lead">{t.sites.lead}</p>
          {seen.length === 0 ? (
            <p class="sheet">{t.sites.none}</p>
          ) : (
            <section class="scroll sheet flush" tabindex={0} aria-label={t.sites.title}>
              <table>
                <thead>
                  <tr>
                    {[t.sites.title, t.sites.host, t.sites.basis, t.sites.timeZone].map((head) => (
                      <th scope="col">{head}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {seen.map((site) => (
                    <tr>
                      <th scope="row">
                        <a href={at.to(`/sites/${site.id}`, { site: site.id })}>{site.name}</a>
                        <small>{site.id}</small>
                      </th>
                      <td>{at.f.list(at.pageHosts(site.id))}</td>
                      <td>{t.names.bases[site.basis]}</td>
                      <td>{site.timeZone}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
          {at.may('owner') && at.principal.sites === '*' ? <Add at={at} /> : <p class="hint">{t.sites.ownersOnly}</p>}
          {wellbeing}
        </>
      ),
    }
  },
})

function Add({ at }: { readonly at: AnyAt }) {
  const { fields, hints, reasons, add, addHint, addButton } = at.t.sites
  return (
    <section class="sheet">
      <h2>{add}</h2>
      <p class="hint">{addHint}</p>
      <Form at={at} name="add" class="stack" reasons={reasons}>
        <Field at={at} form="add" name="id" label={fields.id} hint={hints.id} required={true} maxlength={63} autocomplete="off" />
        <General
          at={at}
          form="add"
          pageHosts=""
          endpointHosts={at.sites.length === 0 ? new URL(at.c.req.url).host : ''}
          name=""
          timeZone="Europe/Berlin"
        />
        <button type="submit">{addButton}</button>
      </Form>
    </section>
  )
}

/** Name, time zone and hosts. */
export function General(props: {
  readonly at: AnyAt
  readonly form: string
  readonly name: string
  readonly timeZone: string
  readonly pageHosts: string
  readonly endpointHosts: string
}) {
  const { at, form } = props
  const { fields, hints } = at.t.sites
  return (
    <>
      <Field at={at} form={form} name="name" label={fields.name} value={props.name} required={true} maxlength={100} />
      <Field at={at} form={form} name="timeZone" label={fields.timeZone} hint={hints.timeZone} value={props.timeZone} required={true} />
      {(['pageHosts', 'endpointHosts'] as const).map((name) => (
        <Field
          at={at}
          form={form}
          name={name}
          type="textarea"
          rows={2}
          label={fields[name]}
          hint={hints[name]}
          value={props[name]}
          required={name === 'pageHosts'}
        />
      ))}
    </>
  )
}

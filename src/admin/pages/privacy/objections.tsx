import { liftObjection, objections as objectionsRoute, saveObjectionRoute } from '../../api/objections.ts'
import { Refusal } from '../../problem.ts'
import { type At, granted, sitePage, textOf } from '../page.tsx'
import { Careful, Field, Form } from '../parts/form.tsx'
import { Table } from '../parts/table.tsx'
import { Words } from '../parts/words.tsx'
import { Tabs } from './tabs.tsx'

/** Companies that objected: never named again, on no site. For owners of all sites, since it concerns all of them. */
export const objections = sitePage({
  path: '/privacy/objections',
  nav: 'privacy',
  role: 'owner',
  done: (t) => t.privacy.objections.done,
  forms: {
    async save(at, fields) {
      const body = {
        company: textOf(fields, 'company'),
        names: linesOf(fields, 'names'),
        domains: linesOf(fields, 'domains'),
        why: textOf(fields, 'why'),
      }
      const saved = await at.run(saveObjectionRoute, { body })
      if (!(saved instanceof Refusal)) return { done: 'saved', n: saved.deletedOnSites }
      return new Refusal(saved.status, saved.detail, saved.field?.split('.')[0], saved.code)
    },
    async lift(at, fields) {
      const lifted = await at.run(liftObjection, { params: { key: textOf(fields, 'key') } })
      return lifted instanceof Refusal ? lifted : { done: 'lifted' }
    },
  },
  async show(at) {
    const { t } = at
    const all = at.principal.sites === '*'
    return {
      title: t.privacy.objections.title,
      body: (
        <>
          <h1>{t.privacy.objections.title}</h1>
          <p class="lead">{t.privacy.objections.lead}</p>
          <Tabs at={at} part="objections" />
          {all ? (
            <>
              <List at={at} />
              <Add at={at} />
            </>
          ) : (
            <p class="warning">{t.privacy.objections.ownersOfAll}</p>
          )}
        </>
      ),
    }
  },
})

function linesOf(fields: FormData, name: string): string[] {
  return textOf(fields, name)
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

async function List({ at }: { readonly at: At }) {
  const { t, f } = at
  const { objections: found } = granted(await at.run(objectionsRoute, {}))
  if (found.length === 0) return <p class="empty sheet">{t.privacy.objections.none}</p>
  return (
    <Table
      title={t.privacy.objections.title}
      heads={[
        t.privacy.objections.company,
        t.privacy.objections.domains,
        t.privacy.objections.since,
        t.privacy.objections.why,
        [t.privacy.objections.lift, 'hidden'],
      ]}
    >
      {found.map(({ key, names, domains, created, why, proof }) => (
        <tr>
          <th scope="row">
            {names.length === 0 ? key : names.join(', ')}
            <small>{key}</small>
          </th>
          <td>{domains.join(', ')}</td>
          <td class="nowrap">
            {f.day(created, 'year')}
            {proof === null ? null : <small>{t.privacy.objections.proved}</small>}
          </td>
          <td>{why}</td>
          <td>
            <Careful
              at={at}
              name="lift"
              id={`lift-${key}`}
              with={{ key }}
              summary={t.privacy.objections.lift}
              text={t.privacy.objections.liftText}
              tick={t.privacy.objections.liftTick}
              button={t.privacy.objections.lift}
            />
          </td>
        </tr>
      ))}
    </Table>
  )
}

function Add({ at }: { readonly at: At }) {
  const { t } = at
  return (
    <section class="sheet">
      <h2>{t.privacy.objections.add}</h2>
      <p>
        <Words>{t.privacy.objections.addText}</Words>
      </p>
      <Form at={at} name="save" class="stack" reasons={t.privacy.objections.reasons}>
        <Field
          at={at}
          form="save"
          name="company"
          label={t.privacy.objections.companyField}
          hint={t.privacy.objections.companyHint}
          required={true}
          maxlength={220}
          placeholder="example.com"
          autocomplete="off"
        />
        <Field
          at={at}
          form="save"
          name="names"
          type="textarea"
          rows={2}
          label={t.privacy.objections.names}
          hint={t.privacy.objections.namesHint}
        />
        <Field
          at={at}
          form="save"
          name="domains"
          type="textarea"
          rows={2}
          label={t.privacy.objections.domainsField}
          hint={t.privacy.objections.perLine}
        />
        <Field
          at={at}
          form="save"
          name="why"
          label={t.privacy.objections.why}
          hint={t.privacy.objections.whyHint}
          required={true}
          maxlength={200}
        />
        <button type="submit">{t.privacy.objections.save}</button>
      </Form>
    </section>
  )
}

import type * as z from 'zod/mini'
import { ownKey, type Unassignable } from '../../ranges/rules.ts'
import { COMPANY_KINDS } from '../../words.ts'
import { unhide } from '../api/hidden.ts'
import { dropRule, type RuleShape, rules as rulesRoute, saveRuleRoute } from '../api/rules.ts'
import { Refusal } from '../problem.ts'
import { type At, granted, sitePage, textOf } from './page.tsx'
import { Choice, Field, Form, typed } from './parts/form.tsx'
import { Table } from './parts/table.tsx'
import { Words } from './parts/words.tsx'

/**
 * The operator's own networks: only counted, or named as a company. P4 binds them as it binds the table, and says here
 * which of its conditions is missed. A range travels in bodies and stands in no address of a page.
 */
export const rules = sitePage({
  path: '/rules',
  nav: 'rules',
  role: 'viewer',
  done: (t) => t.rules.done,
  forms: {
    async unhide(at, fields) {
      const back = await at.run(unhide, { body: { key: textOf(fields, 'key') } })
      return back instanceof Refusal ? back : { done: 'unhidden' }
    },
    async save(at, fields) {
      const text = (name: string) => textOf(fields, name)
      const orNull = (name: string) => text(name) || null
      const action = text('action')
      const country = text('country').toUpperCase()
      const company = {
        key: ownKey({ name: text('name'), country, domain: orNull('domain') }),
        kind: text('kind'),
        name: text('name'),
        domain: orNull('domain'),
        country,
        city: orNull('city'),
        industry: orNull('industry'),
        employees: orNull('employees'),
      }
      const body = {
        range: text('range'),
        action,
        why: text('why'),
        for: text('for') || 'site',
        company: action === 'assign' ? company : null,
      }
      const saved = await at.run(saveRuleRoute, { body })
      return saved instanceof Refusal ? nameField(saved) : { done: 'saved' }
    },
    async remove(at, fields) {
      const gone = await at.run(dropRule, { body: { range: textOf(fields, 'range'), for: textOf(fields, 'for') } })
      return gone instanceof Refusal ? gone : { done: 'removed' }
    },
  },
  async show(at) {
    const { t } = at
    const { rules: found } = granted(await at.run(rulesRoute, {}))
    return {
      title: t.rules.title,
      body: (
        <>
          <h1>{t.rules.title}</h1>
          <p class="lead">{t.rules.lead}</p>
          {found.length === 0 ? <p class="empty sheet">{t.rules.none}</p> : <List at={at} rules={found} />}
          {at.may('owner') ? <Add at={at} /> : <p class="hint">{t.rules.ownersOnly}</p>}
          <Hidden at={at} />
          <section>
            <h2>{t.rules.objections.title}</h2>
            <p>
              {t.rules.objections.text} <a href={at.to('/privacy/objections')}>{t.rules.objections.link}</a>
            </p>
          </section>
        </>
      ),
    }
  },
})

/** Companies that the site never names, from their own pages. */
function Hidden({ at }: { readonly at: At }) {
  const { t, f, site } = at
  const words = t.rules.hidden
  return (
    <section>
      <h2>{words.title}</h2>
      <p class="hint">{words.text}</p>
      {site.settings.hidden.length === 0 ? (
        <p class="muted">{words.none}</p>
      ) : (
        <ul class="plain">
          {site.settings.hidden.map(({ key, name, why, since }) => (
            <li class="row">
              <span>
                <b>
                  <bdi>{name}</bdi>
                </b>{' '}
                <span class="muted">
                  {words[why]}, {f.day(since, 'year')}
                </span>
              </span>
              {at.may('owner') ? (
                <Form at={at} name="unhide" with={{ key }}>
                  <button type="submit" class="quiet">
                    {words.back(name)}
                  </button>
                </Form>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** `company.country` is the form's field `country`; a company without a name lacks just that. */
function nameField({ status, detail, field = '', code }: Refusal): Refusal {
  const named = field.replace(/^company\.?/, '')
  const last = named === 'key' || (named === '' && status === 400) ? 'name' : named === '' && status === 422 ? 'employees' : named
  const size = code === 'too-few-v4' || code === 'too-few-v6' || code === 'too-large'
  return new Refusal(status, detail, size ? 'range' : last, code)
}

type Rule = z.infer<typeof RuleShape>

function List({ at, rules: found }: { readonly at: At; readonly rules: readonly Rule[] }) {
  const { t, f, site } = at
  return (
    <Table
      title={t.rules.title}
      heads={[
        t.rules.range,
        t.rules.action,
        t.rules.binds,
        t.rules.why,
        t.rules.created,
        ...(at.may('owner') ? [[t.rules.remove, 'hidden'] as const] : []),
      ]}
    >
      {found.map((rule) => (
        <tr>
          <th scope="row">
            <code>{rule.range}</code>
          </th>
          <td>
            {rule.company === null ? t.rules.blocked : rule.company.name}
            {rule.company === null ? null : (
              <small>
                {[f.place(rule.company.city, rule.company.country), t.names.kinds[rule.company.kind], rule.company.employees]
                  .filter((part) => part !== null && part !== '')
                  .join(' · ')}
              </small>
            )}
          </td>
          <td>{rule.site === site.id ? site.name : t.rules.everySite}</td>
          <td>{rule.why || '–'}</td>
          <td class="nowrap">{f.day(rule.created, 'year')}</td>
          {at.may('owner') ? (
            <td>
              {rule.site !== site.id && at.principal.sites !== '*' ? null : (
                <Form at={at} name="remove" with={{ range: rule.range, for: rule.site === site.id ? 'site' : 'all' }}>
                  <button type="submit" class="quiet">
                    {t.rules.remove}
                    <span class="hidden"> {rule.range}</span>
                  </button>
                </Form>
              )}
            </td>
          ) : null}
        </tr>
      ))}
    </Table>
  )
}

function Add({ at }: { readonly at: At }) {
  const { t, site } = at
  const field = (name: string, value?: string) => typed(at, 'save', name, value)
  const reasons: Readonly<Record<Unassignable | 'range' | 'name' | 'domain' | 'country' | 'employees', string>> = t.rules.reasons
  return (
    <section class="sheet">
      <h2>{t.rules.add}</h2>
      <Form at={at} name="save" class="stack" reasons={reasons}>
        <Field
          at={at}
          form="save"
          name="range"
          label={t.rules.range}
          hint={t.rules.rangeHint}
          required={true}
          maxlength={100}
          placeholder="203.0.113.0/24"
          autocomplete="off"
        />
        <fieldset>
          <legend>{t.rules.action}</legend>
          {(['block', 'assign'] as const).map((action) => (
            <div class="check">
              <input
                type="radio"
                id={`save-${action}`}
                name="action"
                value={action}
                checked={field('action', 'block') === action}
                aria-describedby={`save-${action}-hint`}
              />
              <label for={`save-${action}`}>{t.rules.actions[action].label}</label>
              <p class="hint" id={`save-${action}-hint`}>
                {t.rules.actions[action].hint}
              </p>
            </div>
          ))}
        </fieldset>
        <details class="inset" open={field('action') === 'assign'}>
          <summary>{t.rules.company.title}</summary>
          <p class="hint">
            <Words>{t.rules.company.hint}</Words>
          </p>
          <div class="grid">
            <Field at={at} form="save" name="name" label={t.rules.company.name} maxlength={200} />
            <Field at={at} form="save" name="domain" label={t.rules.company.domain} maxlength={253} placeholder="example.com" />
            <Field
              at={at}
              form="save"
              name="country"
              label={t.rules.company.country}
              maxlength={2}
              placeholder="DE"
              pattern="[A-Za-z]{2}"
            />
            <Field at={at} form="save" name="city" label={t.rules.company.city} maxlength={100} />
            <Field at={at} form="save" name="employees" label={t.rules.company.employees} maxlength={20} placeholder="51-200" />
            <Field at={at} form="save" name="industry" label={t.rules.company.industry} maxlength={100} />
            <Choice
              id="save-kind"
              name="kind"
              label={t.rules.company.kind}
              options={COMPANY_KINDS.map((kind) => [kind, t.names.kinds[kind]])}
              value={field('kind', 'business')}
            />
          </div>
        </details>
        <Field at={at} form="save" name="why" label={t.rules.why} hint={t.rules.whyHint} maxlength={200} />
        {at.principal.sites === '*' ? (
          <Choice
            id="save-for"
            name="for"
            label={t.rules.binds}
            options={[
              ['site', t.rules.thisSite(site.name)],
              ['all', t.rules.everySite],
            ]}
            value={field('for', 'site')}
          />
        ) : null}
        <button type="submit">{t.rules.save}</button>
      </Form>
    </section>
  )
}

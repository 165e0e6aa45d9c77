import type * as z from 'zod/mini'
import type { Checked as Answer } from '../../api/check.ts'
import type { ExplanationShape } from '../../api/sites.ts'
import { say } from '../../installation/words.ts'
import type { At } from '../page.tsx'
import { Check, Field, Form } from '../parts/form.tsx'
import { Words } from '../parts/words.tsx'

/** Does it work: the source of a page, and the reader's own visit. Both are answered on the page and kept nowhere. */
export function CheckForm({ at }: { readonly at: At }) {
  const { check, reasons } = at.t.sites
  return (
    <section class="sheet" id="check">
      <h2>{check.title}</h2>
      <p class="hint">{check.lead}</p>
      {at.may('analyst') ? (
        <Form at={at} name="check" class="stack" anchor="check" reasons={reasons}>
          <Field
            at={at}
            form="check"
            name="url"
            type="url"
            label={check.url}
            hint={check.urlHint}
            placeholder="https://www.example.com/"
            required={true}
          />
          <button type="submit">{check.button}</button>
        </Form>
      ) : null}
      {at.answer('check')}
      {at.may('analyst') ? (
        <>
          <h3>{check.paste}</h3>
          <Form at={at} name="paste" class="stack" anchor="check" reasons={reasons}>
            <Field at={at} form="paste" name="html" type="textarea" rows={4} label={check.html} required={true} />
            <button type="submit">{check.button}</button>
          </Form>
        </>
      ) : null}
      {at.answer('paste')}
    </section>
  )
}

export function Checked({ at, checked }: { readonly at: At; readonly checked: Answer }) {
  const { t } = at
  const findings = checked.fault === null ? checked.findings : [{ code: checked.fault, level: 'wrong' as const, about: '', instead: '' }]
  return (
    <div role="status" class="answer">
      <h3>{t.sites.check.result}</h3>
      {checked.url === null ? null : (
        <p class="hint">
          <code>{checked.url}</code>
        </p>
      )}
      <dl class="findings">
        {findings.map((found) => {
          const { says, mend } = say(t, found)
          return (
            <div>
              <dt>
                <span class={`tag is-${found.level}`}>{t.sites.check.levels[found.level]}</span> {says}
              </dt>
              {mend === '' ? null : (
                <dd>
                  <Words>{mend}</Words>
                </dd>
              )}
            </div>
          )
        })}
      </dl>
      <p class="hint">{t.sites.check.none}</p>
    </div>
  )
}

export function ExplainForm({ at }: { readonly at: At }) {
  const { explain } = at.t.sites
  return (
    <section class="sheet" id="explain">
      <h2>{explain.title}</h2>
      <p class="hint">{explain.lead}</p>
      <Form at={at} name="explain" class="stack" anchor="explain">
        {at.site.basis === 'consent' ? <Check id="explain-consent" name="consent" label={explain.consent} /> : null}
        <button type="submit">{explain.button}</button>
      </Form>
      {at.answer('explain')}
    </section>
  )
}

export function Explained({ at, told }: { readonly at: At; readonly told: z.infer<typeof ExplanationShape> }) {
  const { outcome, reason, evidence } = at.t.sites.explain
  const { company } = told
  const reasons: Readonly<Record<string, string>> = reason
  return (
    <div role="status" class="answer">
      <p>
        <strong>{told.outcome === 'company' ? outcome.company(company?.name ?? '') : outcome[told.outcome]}</strong>{' '}
        {reasons[told.reason] ?? ''}
      </p>
      {company === null ? null : (
        <p class="hint">
          {company.name} · {at.f.country(company.country)} · {evidence(company.evidence, at.f.number(company.confidence))}
        </p>
      )}
    </div>
  )
}

import type { Child } from 'hono/jsx'
import type { Other } from '../../../ledger/other.ts'
import { BUCKETS, COLLECTED, SCORE_PARTS } from '../../../ledger/settings.ts'
import { BASES, COMPANY_KINDS } from '../../../words.ts'
import type { At } from '../page.tsx'
import { Check, Choice, Field, Form, typed } from '../parts/form.tsx'
import { Words } from '../parts/words.tsx'
import { General } from '../sites.tsx'
import { type Group, LISTS, PARTIES, type SiteBody } from './draft.ts'

/** The settings in groups, a form each; whoever may not change them sees what they are. */
export function SettingsForms(props: { readonly at: At; readonly body: SiteBody; readonly other: Other; readonly today: string }) {
  const { at, body, other } = props
  const { t } = at
  const { fields, hints } = t.sites
  const { settings } = body
  const group = (name: Group, children: Child) => <GroupForm at={at} name={name} children={children} />
  const field = (form: Group, name: keyof typeof fields, value: string | number, more: Partial<Parameters<typeof Field>[0]> = {}) => (
    <Field at={at} form={form} name={name} label={fields[name]} value={value} {...more} />
  )
  /** What was ticked when the form was refused, else what is saved. */
  const ticked = (form: Group, name: string, saved: readonly string[]) =>
    at.refused?.form === form ? at.refused.fields.getAll(name).map(String) : saved
  const collected = ticked(
    'collect',
    'collect',
    COLLECTED.filter((what) => settings.collect[what]),
  )
  const kinds = ticked('collect', 'kinds', settings.kinds)
  const lines = (list: readonly string[]): string => list.join('\n')
  const number = { type: 'number', required: true } as const
  return (
    <>
      {group(
        'general',
        <General
          at={at}
          form="general"
          name={body.name}
          timeZone={body.timeZone}
          pageHosts={lines(body.pageHosts)}
          endpointHosts={lines(body.endpointHosts)}
        />,
      )}
      {group('basis', <Basis at={at} body={body} today={props.today} />)}
      {group(
        'collect',
        <>
          <fieldset>
            <legend>{fields.collect}</legend>
            {COLLECTED.map((what) => (
              <Check id={`collect-${what}`} name="collect" value={what} label={t.sites.collect[what]} checked={collected.includes(what)} />
            ))}
          </fieldset>
          {field('collect', 'journeysFrom', settings.journeysFrom, { ...number, min: 20, hint: hints.journeysFrom })}
          <fieldset>
            <legend>{fields.kinds}</legend>
            {COMPANY_KINDS.map((kind) => (
              <Check id={`kinds-${kind}`} name="kinds" value={kind} label={t.names.kinds[kind]} checked={kinds.includes(kind)} />
            ))}
          </fieldset>
        </>,
      )}
      {group(
        'pages',
        <>
          {LISTS.map((name) =>
            field('pages', name, lines(settings[name]), {
              type: 'textarea',
              rows: Math.min(8, Math.max(3, settings[name].length + 1)),
              hint: hints[name],
            }),
          )}
          <div class={other.names + other.paths > 0 ? 'warning' : 'hint'}>
            <strong>{t.sites.other.title}</strong>
            <ul>
              <li>{t.sites.other.names(at.f.number(other.names))}</li>
              <li>{t.sites.other.paths(at.f.number(other.paths))}</li>
            </ul>
            {t.sites.other.hint}
          </div>
        </>,
      )}
      {group(
        'keep',
        <>
          {(['ledgerDays', 'totalsDays'] as const).map((name) =>
            field('keep', name, settings.retention[name], { ...number, min: 1, max: 758, hint: hints.keep }),
          )}
          <Choice
            id="keep-bucket"
            name="bucket"
            label={fields.bucket}
            options={BUCKETS.map((bucket) => [bucket, t.sites.buckets[bucket]])}
            value={typed(at, 'keep', 'bucket', settings.release.bucket)}
          />
          {field('keep', 'k', settings.release.k, { ...number, min: 3, max: 100, hint: hints.k })}
        </>,
      )}
      {group(
        'parties',
        <>
          <p class="hint">{hints.parties}</p>
          {PARTIES.map((name) => field('parties', name, settings.parties[name] ?? '', { maxlength: 400 }))}
        </>,
      )}
      {group(
        'score',
        <>
          <p class="hint">{hints.weights}</p>
          <div class="row">
            {SCORE_PARTS.map((part) => (
              <Field
                at={at}
                form="score"
                name={part}
                type="number"
                min={0}
                max={100}
                label={t.names.scoreParts[part]}
                value={settings.weights[part]}
              />
            ))}
          </div>
        </>,
      )}
    </>
  )
}

/** A group of settings; without the right to change them a fieldset that is switched off. */
function GroupForm({ at, name, children }: { readonly at: At; readonly name: Group; readonly children: Child }) {
  const { groups, reasons, save } = at.t.sites
  const own = at.may('owner')
  return (
    <section class="sheet" id={name}>
      <h2>{groups[name]}</h2>
      <Form at={at} name={name} class="stack" reasons={reasons}>
        <fieldset disabled={!own} class="stack">
          {children}
        </fieldset>
        {own ? <button type="submit">{save}</button> : null}
      </Form>
    </section>
  )
}

function Basis({ at, body, today }: { readonly at: At; readonly body: SiteBody; readonly today: string }) {
  const { t } = at
  const { fields, bases } = t.sites
  const { balancing } = body.settings
  const chosen = typed(at, 'basis', 'basis', body.basis)
  return (
    <>
      <fieldset>
        <legend class="hidden">{fields.basis}</legend>
        {BASES.map((basis) => (
          <div class="check">
            <input
              type="radio"
              id={`basis-${basis}`}
              name="basis"
              value={basis}
              checked={basis === chosen}
              aria-describedby={`basis-${basis}-hint`}
            />
            <label for={`basis-${basis}`}>{bases[basis].label}</label>
            <p class="hint" id={`basis-${basis}-hint`}>
              <Words>{bases[basis].text}</Words>
            </p>
          </div>
        ))}
      </fieldset>
      <h3>{t.sites.balancing}</h3>
      <p class="hint">
        {t.sites.balancingHint} <a href={at.to('/privacy', { part: 'texts' })}>{t.sites.balancingLink}</a>
      </p>
      {balancing !== null && balancing.reviewBy < today ? (
        <p class="warning">{t.sites.overdue(at.f.day(balancing.reviewBy, 'year'))}</p>
      ) : null}
      <div class="row">
        {(['confirmedBy', 'date', 'reviewBy'] as const).map((name) => (
          <Field
            at={at}
            form="basis"
            name={name}
            type={name === 'confirmedBy' ? 'text' : 'date'}
            label={fields[name]}
            value={balancing?.[name] ?? ''}
          />
        ))}
      </div>
    </>
  )
}

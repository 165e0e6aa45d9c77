import type * as z from 'zod/mini'
import { COMPANY_KINDS } from '../../words.ts'
import { lookUpAddress, rangeTable, type Table as TableShape } from '../api/ranges.ts'
import { Refusal } from '../problem.ts'
import { type At, granted, sitePage, textOf } from './page.tsx'
import { Empty } from './parts/empty.tsx'
import { Form } from './parts/form.tsx'
import { Facts, Table } from './parts/table.tsx'
import { Words } from './parts/words.tsx'

/**
 * The range table that serves: how old, what is in it, where it comes from, what was left out, what changed, how it fares;
 * and one address asked. The address is in the body of one request and nowhere else: its field is empty again whatever the
 * answer was, for a page that shows it could be printed, saved or gone back to (P2).
 */
export const ranges = sitePage({
  path: '/ranges',
  nav: 'ranges',
  role: 'viewer',
  forms: {
    async lookUp(at, fields) {
      const answer = await at.run(lookUpAddress, { body: { address: textOf(fields, 'address') } })
      if (answer instanceof Refusal) return answer
      return { answer: <Answer at={at} {...answer} /> }
    },
  },
  async show(at) {
    const { t } = at
    const { table } = granted(await at.run(rangeTable, {}))
    return {
      title: t.ranges.title,
      body: (
        <>
          <h1>{t.ranges.title}</h1>
          <p class="lead">{t.ranges.lead}</p>
          {table === null ? (
            <Empty title={t.ranges.none.title} intro={t.ranges.none.intro} reasons={t.ranges.none.reasons} />
          ) : (
            <>
              <Age at={at} table={table} />
              {at.may('analyst') ? <LookUp at={at} /> : null}
              <Contents at={at} table={table} />
              <div class="columns">
                <LeftOut at={at} table={table} />
                <Changes at={at} table={table} />
              </div>
              <Sources at={at} table={table} />
              <Health at={at} table={table} />
            </>
          )}
        </>
      ),
    }
  },
})

type Props = { readonly at: At; readonly table: z.infer<typeof TableShape> }

const short = (version: string): string => version.slice(0, 12)

function Age({ at: { t, f }, table: { version, published, previous, age } }: Props) {
  const facts: readonly (readonly [string, string])[] = [
    [t.ranges.version, short(version)],
    [t.ranges.since, f.day(published.slice(0, 10), 'year')],
    [t.ranges.before, previous === null ? t.ranges.noBefore : short(previous)],
    ...(age === null ? [] : [[t.ranges.oldest, t.ranges.oldestIs(f.day(age.oldest, 'year'), f.number(age.days))] as const]),
  ]
  return (
    <>
      {age === null || age.state === 'fresh' ? null : (
        <p class={age.state === 'old' ? 'warning' : 'wrong'}>
          <Words>{t.ranges.age[age.state](f.number(age.days))}</Words>
        </p>
      )}
      <Facts facts={facts} />
    </>
  )
}

function LookUp({ at }: { readonly at: At }) {
  const { t } = at
  return (
    <section class="sheet" id="look-up">
      <h2>{t.ranges.lookUp}</h2>
      <Form at={at} name="lookUp" class="stack" reasons={t.ranges.reasons}>
        <div class="field">
          <label for="look-up-address">{t.ranges.address}</label>
          <input
            id="look-up-address"
            name="address"
            type="text"
            required={true}
            maxlength={64}
            autocomplete="off"
            spellcheck={false}
            placeholder="203.0.113.7"
            aria-describedby="look-up-hint"
          />
          <p class="hint" id="look-up-hint">
            {t.ranges.addressHint}
          </p>
        </div>
        <button type="submit">{t.ranges.lookUpButton}</button>
      </Form>
      {at.answer('lookUp')}
    </section>
  )
}

type Answered = Exclude<Awaited<ReturnType<(typeof lookUpAddress)['run']>>, Refusal | Response>

function Answer({ at: { t, f }, why, company }: { readonly at: At } & Answered) {
  const said = t.ranges.why[why]
  if (company === null) {
    return (
      <div role="status" class="answer">
        <h3>{t.ranges.nobody}</h3>
        <p>{said}</p>
      </div>
    )
  }
  const { receipt } = company
  const facts: readonly (readonly [string, string])[] = [
    [t.ranges.receipt.evidence, receipt.evidence],
    [t.ranges.receipt.confidence, t.ranges.receipt.of100(f.number(receipt.confidence))],
    [t.ranges.receipt.source, `${receipt.source} ${receipt.sourceVersion}`],
    [t.ranges.receipt.date, f.day(receipt.sourceDate, 'year')],
    [t.ranges.receipt.licence, receipt.licence],
    [t.ranges.version, short(receipt.tableVersion)],
  ]
  return (
    <div role="status" class="answer">
      <h3>{company.name}</h3>
      <p>
        {[f.place(company.city, company.country), t.names.kinds[company.kind], company.domain]
          .filter((part) => part !== null && part !== '')
          .join(' · ')}
      </p>
      <p>{said}</p>
      <Facts class="facts" facts={facts} />
    </div>
  )
}

function Contents({ at: { t, f, site }, table: { kinds, ranges: lines, v4Addresses, v6Networks } }: Props) {
  return (
    <section>
      <h2>{t.ranges.contents}</h2>
      <p>{t.ranges.covers(f.number(lines), f.number(v4Addresses), f.number(v6Networks))}</p>
      <Table title={t.ranges.contents} heads={[t.ranges.kind, [t.ranges.organisations, 'number'], t.ranges.onSite(site.name)]}>
        {COMPANY_KINDS.filter((kind) => kinds[kind] !== undefined).map((kind) => (
          <tr>
            <th scope="row">{t.names.kinds[kind]}</th>
            <td class="number">{f.number(kinds[kind] ?? 0)}</td>
            <td>{site.settings.kinds.includes(kind) ? t.ranges.shown : t.ranges.onlyCounted}</td>
          </tr>
        ))}
      </Table>
    </section>
  )
}

function LeftOut({ at: { t, f }, table: { report } }: Props) {
  const rows = Object.entries(report?.rejected ?? {}).sort(([, a], [, b]) => b.organisations - a.organisations || b.ranges - a.ranges)
  const names: Readonly<Record<string, string>> = t.names.rejections
  return (
    <section>
      <h2>{t.ranges.leftOut}</h2>
      <p class="hint">{report === null ? t.ranges.noReport : rows.length === 0 ? t.ranges.nothingLeftOut : t.ranges.leftOutHint}</p>
      {rows.length === 0 ? null : (
        <Table
          title={t.ranges.leftOut}
          heads={[t.ranges.reason, [t.ranges.organisations, 'number'], [t.ranges.networks, 'number'], [t.ranges.addresses, 'number']]}
        >
          {rows.map(([reason, { organisations, ranges: lines, v4Addresses }]) => (
            <tr>
              <th scope="row">{names[reason] ?? reason}</th>
              <td class="number">{f.number(organisations)}</td>
              <td class="number">{f.number(lines)}</td>
              <td class="number">{f.number(v4Addresses)}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  )
}

function Changes({ at: { t, f }, table: { report, previous } }: Props) {
  const diff = report?.diff ?? null
  // After a rollback the report still tells of another version before.
  if (diff === null || diff.before !== previous) {
    return (
      <section>
        <h2>{t.ranges.changes}</h2>
        <p class="hint">
          <Words>{previous === null ? t.ranges.firstTable : t.ranges.noDiff}</Words>
        </p>
      </section>
    )
  }
  const { gained, lost, addresses } = diff
  return (
    <section>
      <h2>{t.ranges.changes}</h2>
      <p class="hint">{t.ranges.since12(short(diff.before))}</p>
      <Table
        title={t.ranges.changes}
        heads={[
          [t.ranges.changes, 'hidden'],
          [t.ranges.companies, 'number'],
          [t.ranges.addresses, 'number'],
          [t.ranges.sixes, 'number'],
        ]}
      >
        {(['gained', 'lost', 'moved'] as const).map((what) => (
          <tr>
            <th scope="row">{t.ranges.changed[what]}</th>
            <td class="number">{what === 'moved' ? '' : f.number(diff[what].companies)}</td>
            <td class="number">{f.number(addresses[what].v4Addresses)}</td>
            <td class="number">{f.number(addresses[what].v6Networks)}</td>
          </tr>
        ))}
      </Table>
      <Names title={t.ranges.came} {...gained} more={(n) => t.ranges.andMore(f.number(n))} />
      <Names title={t.ranges.went} {...lost} more={(n) => t.ranges.andMore(f.number(n))} />
    </section>
  )
}

/** Companies by their keys, of which people know the domain. */
function Names(props: {
  readonly title: string
  readonly companies: number
  readonly keys: readonly string[]
  readonly more: (n: number) => string
}) {
  const rest = props.companies - props.keys.length
  if (props.keys.length === 0) return null
  return (
    <details>
      <summary>{props.title}</summary>
      <p>
        {props.keys.map((key) => key.replace(/^(?:dom|own):/, '')).join(', ')}
        {rest > 0 ? ` ${props.more(rest)}` : ''}
      </p>
    </details>
  )
}

function Sources({ at: { t, f }, table: { sources } }: Props) {
  return (
    <section>
      <h2>{t.ranges.sources}</h2>
      <Table title={t.ranges.sources} heads={[t.ranges.source, t.ranges.date, t.ranges.licence, t.ranges.attribution]}>
        {sources.map(({ name, version, date, licence, url, attribution, credits }) => (
          <tr>
            <th scope="row">
              {/^https:/.test(url) ? <a href={url}>{name}</a> : name}
              <small>{version}</small>
            </th>
            <td class="nowrap">{f.day(date, 'year')}</td>
            <td>{licence}</td>
            <td class="wide">
              <span lang="en">{attribution}</span>
              {credits.map((credit) => (
                <>
                  {' '}
                  · <a href={credit.url}>{credit.text}</a>
                </>
              ))}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  )
}

function Health({ at: { t, f }, table: { health } }: Props) {
  const { values, missing, faults, recovered } = health
  const atFault = faults.missing + faults.broken + faults.unreachable
  return (
    <section>
      <h2>{t.ranges.health}</h2>
      <ul>
        <li>
          {missing === 0 ? t.ranges.whole(f.number(values)) : <strong>{t.ranges.lacking(f.number(missing), f.number(values))}</strong>}
          {missing === 0 ? null : (
            <>
              {' '}
              <Words>{t.ranges.repair}</Words>
            </>
          )}
        </li>
        <li>
          {atFault === 0
            ? t.ranges.noFaults
            : t.ranges.faults(f.number(faults.missing), f.number(faults.broken), f.number(faults.unreachable))}
          {recovered === 0 ? null : ` ${t.ranges.recovered(f.number(recovered))}`}
        </li>
      </ul>
    </section>
  )
}

import { readChores } from '../../ledger/chores.ts'
import { hourOf } from '../../ledger/clock.ts'
import { duePurge } from '../../ledger/retention.ts'
import { shardsOf } from '../../ledger/shard.ts'
import type { Manifest } from '../../privacy/manifest.ts'
import { originOf, PARTIES } from '../../privacy/texts/text.ts'
import { type At, sitePage } from './page.tsx'
import { Facts, Table } from './parts/table.tsx'
import { Words } from './parts/words.tsx'
import { sourceOf } from './privacy/source.ts'
import { Tabs } from './privacy/tabs.tsx'

/**
 * The manifest as a page (P10): what is promised and what cannot be, what was stated when deploying, what this site
 * collects, what is stored and for how long, and whether the purge still runs (P7).
 */
export const privacy = sitePage({
  path: '/privacy',
  nav: 'privacy',
  role: 'viewer',
  async show(at) {
    const { t } = at
    const { manifest, endpointHosts } = await sourceOf(at)
    const [host] = endpointHosts
    return {
      title: t.privacy.title,
      body: (
        <>
          <h1>{t.privacy.title}</h1>
          <p class="lead">{t.privacy.lead}</p>
          <Tabs at={at} part="overview" />
          <Stated at={at} manifest={manifest} />
          <Site at={at} manifest={manifest} />
          {host === undefined ? null : (
            <p>
              {t.privacy.machine}{' '}
              <a href={`${originOf(host)}/.well-known/doorplate.json`}>
                <code>{`${host}/.well-known/doorplate.json`}</code>
              </a>
            </p>
          )}
          <Retention at={at} manifest={manifest} />
          <section>
            <h2>{t.privacy.promises.title}</h2>
            <dl class="promises sheet">
              {t.privacy.promises.list.map(({ id, title, says }) => (
                <div id={id}>
                  <dt>
                    <span class="tag">{id}</span> {title}
                  </dt>
                  <dd>
                    <Words>{says}</Words>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
          <section>
            <h2>{t.privacy.limits.title}</h2>
            <ul class="prose">
              {t.privacy.limits.list.map((limit) => (
                <li>
                  <Words>{limit}</Words>
                </li>
              ))}
            </ul>
          </section>
          <div class="columns">
            <section>
              <h2>{t.privacy.never.title}</h2>
              <ul>
                {t.privacy.never.list.map((what) => (
                  <li>{what}</li>
                ))}
              </ul>
            </section>
            <section>
              <h2>{t.privacy.honoured}</h2>
              <ul>
                {manifest.objectionsHonoured.slice(0, -1).map((signal) => (
                  <li>
                    <code>{signal}</code>
                  </li>
                ))}
                <li>{t.privacy.refusal}</li>
              </ul>
            </section>
          </div>
        </>
      ),
    }
  },
})

type Props = { readonly at: At; readonly manifest: Manifest }

function Stated({ at: { t }, manifest: { version, statedByTheOperator, rangeTable } }: Props) {
  const { commit, bundle, proof } = statedByTheOperator
  const none = commit === null && bundle === null && proof === null
  return (
    <section>
      <h2>{t.privacy.stated.title}</h2>
      <Facts
        facts={[
          [t.privacy.stated.version, version],
          [t.privacy.stated.proof, proof ?? '–'],
          [t.privacy.stated.commit, commit ?? '–'],
          [t.privacy.stated.bundle, bundle ?? '–'],
          [t.privacy.stated.table, rangeTable?.version.slice(0, 12) ?? '–'],
        ]}
      />
      <p class="hint">
        <Words>{none ? t.privacy.stated.none : t.privacy.stated.hint}</Words>
      </p>
    </section>
  )
}

function Site({ at, manifest: { site, thresholds } }: Props) {
  const { t, f } = at
  const { balancingTest, collects, totals, parties } = site
  const on = Object.entries(t.privacy.collects).filter(([name]) => collects[name] === true)
  const missing = PARTIES.filter((party) => parties[party] === null)
  // Where nobody has to be appointed the settings say `none`.
  const partyOf = (value: string): string => (value.toLowerCase() === 'none' ? t.privacy.site.nobody : value)
  return (
    <section>
      <h2>{t.privacy.site.title(site.name)}</h2>
      <Facts
        facts={[
          [t.privacy.site.basis, t.names.bases[site.basis]],
          ...(balancingTest === null
            ? []
            : [
                [
                  t.privacy.site.balancing,
                  t.privacy.site.reviewed(f.day(balancingTest.date, 'year'), f.day(balancingTest.reviewBy, 'year')),
                ] as const,
              ]),
          [t.privacy.site.kinds, f.list(site.kindsShown.map((kind) => t.names.kinds[kind]))],
          [
            t.privacy.site.collects,
            on.length === 0 ? t.privacy.site.viewsOnly : f.list([t.privacy.site.views, ...on.map(([, name]) => name)]),
          ],
          [t.privacy.site.journeys, t.privacy.site.employees(f.number(thresholds.journeysFromEmployees ?? 0))],
          [t.privacy.site.totals, t.privacy.site.released(t.privacy.buckets[bucketOf(totals.bucket)], f.number(totals.k))],
          ...PARTIES.filter((party) => parties[party] !== null).map(
            (party) => [t.privacy.parties[party], partyOf(parties[party] ?? '')] as const,
          ),
        ]}
      />
      {missing.length === 0 ? null : (
        <p class="hint">
          {t.privacy.site.missing(f.list(missing.map((party) => t.privacy.parties[party])))}{' '}
          {at.may('owner') ? <a href={at.to('/sites')}>{t.privacy.site.toSites}</a> : null}
        </p>
      )}
    </section>
  )
}

const bucketOf = (bucket: string): 'day' | 'week' | 'month' => (bucket === 'week' || bucket === 'month' ? bucket : 'day')

/** A purge that ended well longer ago than this no longer runs every hour. */
const LATE_HOURS = 3

async function Retention({ at, manifest: { stored, retention } }: Props) {
  const { t, f, c, desk, now } = at
  const purge = (await readChores(desk)).find(({ name }) => name === 'purge')
  const done = purge?.done ?? null
  // Rows of all sites together: for whoever may see all sites.
  const due = at.may('owner') && at.principal.sites === '*' ? await duePurge(shardsOf(c.env), now) : null
  const dueRows = due === null ? 0 : Object.values(due).reduce((sum, rows) => sum + rows, 0)
  const kept = (how: (typeof stored)[number]['kept']): string => {
    if (how === 'ledger') return t.privacy.kept.days(f.number(retention.companyLedgerDays))
    return how === 'totals' ? t.privacy.kept.days(f.number(retention.totalsDays)) : t.privacy.kept.until[how]
  }
  const purposes: Readonly<Record<string, string>> = t.privacy.purposes
  return (
    <section>
      <h2>{t.privacy.retention.title}</h2>
      <p class={done === null || hourOf(now) - done > LATE_HOURS ? 'warning' : undefined}>
        <Words>
          {done === null
            ? t.privacy.retention.notYet
            : hourOf(now) - done > LATE_HOURS
              ? t.privacy.retention.late(f.hours(done))
              : t.privacy.retention.last(f.hours(done), f.number(purge?.rows ?? 0))}
        </Words>{' '}
        {due === null ? '' : dueRows === 0 ? t.privacy.retention.nothingDue : t.privacy.retention.due(f.number(dueRows))}
      </p>
      <Table title={t.privacy.retention.title} heads={[t.privacy.retention.table, t.privacy.retention.purpose, t.privacy.retention.kept]}>
        {stored.map(({ table, purpose, kept: how }) => (
          <tr>
            <th scope="row">
              <code>{table}</code>
            </th>
            <td class="wide">{purposes[table] ?? purpose}</td>
            <td>{kept(how)}</td>
          </tr>
        ))}
      </Table>
      <p class="hint">{t.privacy.retention.restore}</p>
    </section>
  )
}

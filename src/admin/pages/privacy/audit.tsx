import { audit as auditRoute } from '../../api/audit.ts'
import { Refusal } from '../../problem.ts'
import { addressOf, hereWith, sitePage } from '../page.tsx'
import { Table } from '../parts/table.tsx'
import { Tabs } from './tabs.tsx'

/** The audit log: who did what, and to how many rows; of this site, or of what concerns no single one. */
export const audit = sitePage({
  path: '/privacy/audit',
  nav: 'privacy',
  role: 'owner',
  async show(at) {
    const { t, f, site, query } = at
    const all = at.principal.sites === '*'
    const ofNone = all && query.log === 'all'
    const of = ofNone ? {} : { of: site.id }
    const { cursor } = query
    const answer = await at.run(auditRoute, { query: { ...of, ...(cursor === undefined ? {} : { cursor }) } })
    const { entries, next } = answer instanceof Refusal ? { entries: [], next: null } : answer
    const actions: Readonly<Record<string, string>> = t.privacy.audit.actions
    return {
      title: t.privacy.audit.title,
      ...(answer instanceof Refusal ? { status: 400 as const } : {}),
      body: (
        <>
          <h1>{t.privacy.audit.title}</h1>
          <p class="lead">{t.privacy.audit.lead}</p>
          <Tabs at={at} part="audit" />
          <div class="row between">
            {all ? (
              <p>
                <a href={at.to('/privacy/audit')} aria-current={ofNone ? undefined : 'true'}>
                  {t.privacy.audit.ofSite(site.name)}
                </a>{' '}
                ·{' '}
                <a href={at.to('/privacy/audit', { log: 'all' })} aria-current={ofNone ? 'true' : undefined}>
                  {t.privacy.audit.ofNone}
                </a>
              </p>
            ) : (
              <p>{t.privacy.audit.ofSite(site.name)}</p>
            )}
            <a class="button second" href={addressOf('/api/audit.csv', of)}>
              {t.privacy.audit.save}
            </a>
          </div>
          {answer instanceof Refusal ? <p class="wrong">{t.privacy.audit.wrongCursor}</p> : null}
          {entries.length === 0 ? (
            <p class="empty sheet">{t.privacy.audit.none}</p>
          ) : (
            <Table
              title={t.privacy.audit.title}
              heads={[
                t.privacy.audit.at,
                t.privacy.audit.actor,
                t.privacy.audit.action,
                t.privacy.audit.detail,
                [t.privacy.audit.rows, 'number'],
              ]}
            >
              {entries.map((entry) => (
                <tr>
                  <td class="nowrap">{f.minute(Date.parse(entry.at))}</td>
                  <td>{entry.actor}</td>
                  <td>{actions[entry.action] ?? entry.action}</td>
                  <td class="muted" lang="en">
                    {entry.detail || '–'}
                  </td>
                  <td class="number">{f.number(entry.rows)}</td>
                </tr>
              ))}
            </Table>
          )}
          <p class="row">
            {cursor === undefined ? null : <a href={hereWith(at, { cursor: undefined })}>{t.privacy.audit.newest}</a>}
            {next === null ? null : <a href={hereWith(at, { cursor: next })}>{t.privacy.audit.older}</a>}
          </p>
          <p class="hint">{t.privacy.audit.kept}</p>
        </>
      ),
    }
  },
})

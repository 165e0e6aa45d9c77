import { health } from '../../api/health.ts'
import { type AnyAt, granted } from '../page.tsx'
import { Facts } from '../parts/table.tsx'

/** Whether the installation is well, for who operates it: figures of /admin/api/health, nothing of any visitor. */
export async function well(at: AnyAt) {
  const { t, f } = at
  const words = t.sites.well
  const { version, table, lastFlush, chores, migrations, sites } = granted(await at.run(health, {}))
  const hour = (iso: string | null) => (iso === null ? words.never : f.minute(Date.parse(iso)))
  const failed = chores.filter(({ ran, done }) => ran !== done).map(({ name }) => name)
  const shed = sites.filter((site) => site.shed > 0).map((site) => `${site.site}: ${f.number(site.shed)}`)
  return (
    <section>
      <h2>{words.title}</h2>
      <Facts
        facts={[
          [words.written, hour(lastFlush)],
          [words.hourly, `${hour(chores[0]?.ran ?? null)}${failed.length === 0 ? '' : ` – ${words.failed(f.list(failed))}`}`],
          [words.shed, shed.length === 0 ? words.none : f.list(shed)],
          [words.table, table === null ? words.none : table.version.slice(0, 12)],
          [words.version, `${version}, ${migrations.at(-1) ?? words.none}`],
        ]}
      />
    </section>
  )
}

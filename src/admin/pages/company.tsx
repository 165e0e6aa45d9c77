import { listActivity, readCompany } from '../../ledger/read.ts'
import { notice } from './notice.tsx'
import { sitePage } from './page.tsx'

/** One company on one site: who they are, what they read and how they got there, and why we think it is them. */
export const company = sitePage({
  path: '/companies/:key',
  nav: 'companies',
  role: 'viewer',
  async show({ c, site, db, f }) {
    const found = await readCompany(db, site.id, c.req.param('key') ?? '')
    if (found === null) return notice(c, 404, (t) => t.frame.nothingHere)
    const rows = await listActivity(db, site.id, found.key, 500)
    return {
      title: found.name,
      body: (
        <>
          <h1>{found.name}</h1>
          <p>{found.receipt}</p>
          <ul>
            {rows.map((row) => (
              <li>
                {f.hours(row.hour)} {row.kind} {row.path} {row.origin} {row.name}
              </li>
            ))}
          </ul>
        </>
      ),
    }
  },
})

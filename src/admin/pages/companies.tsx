import { listCompanies } from '../../ledger/read.ts'
import { readPeriod } from '../query.ts'
import { sitePage } from './page.tsx'

/** The page an operator opens in the morning: which companies came, and how many visits stay anonymous. */
export const companies = sitePage({
  path: '/',
  nav: 'companies',
  role: 'viewer',
  async show({ t, f, site, db, query, now, to }) {
    const period = readPeriod(query, site, now)
    const found = await listCompanies(db, site.id, typeof period === 'string' ? { from: '2000-01-01', to: '2000-01-01' } : period)
    return {
      title: t.companies.title,
      body: (
        <>
          <h1>{t.companies.title}</h1>
          <ul>
            {found.map((company) => (
              <li>
                <a href={to(`/companies/${encodeURIComponent(company.key)}`)}>{company.name}</a> {f.place(company.city, company.country)}
              </li>
            ))}
          </ul>
        </>
      ),
    }
  },
})

import { companies } from './companies.tsx'
import { company } from './company.tsx'
import type { Page } from './page.tsx'
import { audit } from './privacy/audit.tsx'
import { objections } from './privacy/objections.tsx'
import { paper, papers } from './privacy/papers.tsx'
import { privacy } from './privacy.tsx'
import { ranges } from './ranges.tsx'
import { rules } from './rules.tsx'
import { site } from './site.tsx'
import { sites } from './sites.tsx'
import { tokens } from './tokens.tsx'
import { traffic } from './traffic.tsx'

/** Every page of the dashboard. What is not in here is not served and not walked over by the tests. */
export const PAGES: readonly Page[] = [
  companies,
  company,
  traffic,
  sites,
  site,
  rules,
  ranges,
  privacy,
  papers,
  paper,
  objections,
  audit,
  tokens,
]

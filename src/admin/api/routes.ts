import { buryCanary, releaseCanary, watchCanary } from './canary.ts'
import { companies } from './companies.ts'
import { company, erase, journey, visits } from './company.ts'
import { addNote, addTag, dropNote, dropSegment, dropTag, notes, putSegment, segments, tags } from './desk.ts'
import { exports } from './export.ts'
import { health } from './health.ts'
import type { Route } from './route.ts'
import { dropRule, rules, saveRuleRoute } from './rules.ts'
import { changeSite, createSite, deleteSite, explain, site, sites } from './sites.ts'
import { audit, createToken, dropToken, me, tokens } from './tokens.ts'
import { coverage, totals } from './totals.ts'

/** Every route of the API. What is not in here is not served, not documented and not walked over by the tests. */
export const ROUTES: readonly Route[] = [
  me,
  health,
  sites,
  createSite,
  site,
  changeSite,
  deleteSite,
  explain,
  companies,
  company,
  erase,
  visits,
  journey,
  tags,
  addTag,
  dropTag,
  notes,
  addNote,
  dropNote,
  segments,
  putSegment,
  dropSegment,
  totals,
  coverage,
  rules,
  saveRuleRoute,
  dropRule,
  tokens,
  createToken,
  dropToken,
  audit,
  releaseCanary,
  watchCanary,
  buryCanary,
  ...exports,
]

import { audit, auditFile } from './audit.ts'
import { buryCanary, watchCanary } from './canary.ts'
import { check } from './check.ts'
import { companies } from './companies.ts'
import { company, erase, journey, visits } from './company.ts'
import { addNote, addTag, dropNote, dropSegment, dropTag, notes, putSegment, segments, tags } from './desk.ts'
import { exports } from './export.ts'
import { health } from './health.ts'
import { hide, unhide } from './hidden.ts'
import { liftObjection, objections, saveObjectionRoute } from './objections.ts'
import { lookUpAddress, rangeTable } from './ranges.ts'
import type { Route } from './route.ts'
import { dropRule, rules, saveRuleRoute } from './rules.ts'
import { changeSite, createSite, deleteSite, explain, site, sites } from './sites.ts'
import { createToken, dropToken, invite, me, signOutBrowsers, tokens } from './tokens.ts'
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
  check,
  companies,
  company,
  erase,
  hide,
  unhide,
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
  rangeTable,
  lookUpAddress,
  objections,
  saveObjectionRoute,
  liftObjection,
  tokens,
  createToken,
  dropToken,
  invite,
  signOutBrowsers,
  audit,
  auditFile,
  watchCanary,
  buryCanary,
  ...exports,
]

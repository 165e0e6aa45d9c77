/**
 * Claims with what registers of facts know of their organisations: before they are judged, because the size and the legal
 * form decide who may be listed at all. The key stays: it is where the ledger finds the company again.
 */

import { COMPANY_FIELDS, type CompanyField } from '../../words.ts'
import type { Claim } from '../evidence/assess.ts'
import type { Organisation, Origin } from '../organisation.ts'
import { type Facts, joinFirmographics } from './join.ts'
import type { FirmographicsSource } from './record.ts'

export async function withFirmographics(claims: readonly Claim[], sources: readonly FirmographicsSource[]): Promise<readonly Claim[]> {
  if (sources.length === 0) return claims
  const targets = new Map(claims.map(({ organisation }) => [organisation.key as string, organisation]))
  const joined = await joinFirmographics([...targets.values()], sources)
  return claims.map((claim) => {
    const facts = joined.get(claim.organisation.key)
    if (facts === undefined) return claim
    return { ...claim, organisation: completed(claim.organisation, facts), unconfirmed: false }
  })
}

/** A register's word on size, form and seat beats a list made by hand; name and domain are what the network is matched by. */
function completed(organisation: Organisation, facts: Facts): Organisation {
  const whole = {
    ...organisation,
    domain: organisation.domain ?? facts.domain?.value ?? null,
    country: organisation.country || (facts.country?.value ?? ''),
    city: facts.city?.value ?? organisation.city,
    industry: organisation.industry ?? facts.industry?.value ?? null,
    employees: facts.employees?.value ?? organisation.employees,
    legalForm: facts.legalForm?.value ?? organisation.legalForm ?? null,
    postcode: facts.postcode?.value ?? organisation.postcode ?? null,
    lei: organisation.lei ?? facts.lei?.value ?? null,
  }
  return { ...whole, origins: { ...organisation.origins, ...originsOf(whole, facts) } }
}

/** Of the fields that a register filled or agrees with, where from: a register's word is worth more than a hand-made list's. */
function originsOf(organisation: Organisation, facts: Facts): Partial<Record<CompanyField, Origin>> {
  const origins: Partial<Record<CompanyField, Origin>> = {}
  for (const field of COMPANY_FIELDS) {
    const fact = field === 'kind' ? undefined : facts[field]
    if (fact !== undefined && fact.value === organisation[field]) origins[field] = { source: fact.source, date: fact.date }
  }
  return origins
}

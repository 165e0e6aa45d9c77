/**
 * What rows are judged by when a table is built on this machine: deny lists, the register of institutions, countries of
 * autonomous systems, and the companies that objected.
 */
import { type CompanyObjection, objectionsOf } from '../../company-objection.ts'
import { assignmentsFacts, KNOWN_NETWORKS, readAssignments } from '../../compile/assignments.ts'
import { NO_DENY, openDenyBook } from '../../compile/deny/deny-list.ts'
import { AS_COUNTRIES, asCountriesFacts, readAsCountries } from '../../compile/evidence/as-countries.ts'
import { openInstitutions } from '../../compile/evidence/institutions.ts'
import type { JudgingRules } from '../../compile/knowledge.ts'
import { OTHER_NAMES } from '../../compile/names/other-names.ts'
import { hashFiles, type SourceFacts } from '../../compile/sources/source.ts'
import { GIVEN_NAMES } from '../../compile/vetoes/persons.ts'

export interface JudgingOptions {
  /** Files with networks to leave out, besides the lists that ship with the project. */
  readonly deny?: readonly string[]
  /** No deny list by AS number, name or address at all: shows how far the other rules carry. */
  readonly withoutDeny?: boolean
  readonly objections?: readonly CompanyObjection[]
  /** Lists partnerships of persons (KG, OHG, GbR, PartG) whose size is known. */
  readonly partnerships?: boolean
}

export interface Judging {
  readonly rules: JudgingRules
  /** Sources that receipts and the manifest have to name. */
  readonly facts: readonly SourceFacts[]
  /** Changes when anything in the rules does. */
  readonly hash: string
}

export async function openJudging(options: JudgingOptions = {}): Promise<Judging> {
  const deny = options.withoutDeny === true ? NO_DENY : openDenyBook(options.deny)
  const institutions = openInstitutions()
  const objections = options.objections ?? []
  const rules = {
    deny,
    institutions,
    assignments: readAssignments(),
    countries: readAsCountries(),
    objections: objectionsOf(objections),
    partnerships: options.partnerships ?? false,
  }
  const files = await hashFiles([...deny.files, AS_COUNTRIES, OTHER_NAMES, GIVEN_NAMES, KNOWN_NETWORKS])
  return {
    rules,
    facts: [institutions.facts, await asCountriesFacts(), await assignmentsFacts()],
    hash: JSON.stringify([files, objections, rules.partnerships]),
  }
}

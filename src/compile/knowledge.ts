/**
 * Everything that rows are judged by, gathered once per build: the curated list, registers, deny lists, objections, and
 * what the sources say of whole autonomous systems.
 */
import { type Objections, objectionsOf } from '../company-objection.ts'
import type { Assignments } from './assignments.ts'
import { type DenyBook, openDenyBook } from './deny/deny-list.ts'
import type { Knowledge, Piece, Said } from './evidence/assess.ts'
import type { InstitutionRegister } from './evidence/institutions.ts'
import { type EvidenceKind, OLD_DAYS, PENALTIES, VERY_OLD_DAYS } from './evidence.ts'
import type { KnownCompanies } from './firmographics/known-companies.ts'
import { type NameBook, openNameBook } from './names/other-names.ts'
import type { Organisation } from './organisation.ts'
import type { SourceFacts } from './sources/source.ts'

/** What a build may be given besides its sources; each has a default that lists nobody more. */
export interface JudgingRules {
  /** The lists that ship with the project unless said otherwise. */
  readonly deny?: DenyBook
  readonly objections?: Objections
  readonly institutions?: InstitutionRegister | null
  /** Blocks of institutions inside research networks; none unless said otherwise. */
  readonly assignments?: Assignments
  /** Country by AS number. */
  readonly countries?: ReadonlyMap<number, string>
  readonly names?: NameBook
  /** Lists partnerships of persons whose size is known. */
  readonly partnerships?: boolean
}

export interface KnowledgeInput {
  readonly organisations: readonly Organisation[]
  readonly networks: ReadonlyMap<number, readonly Said[]>
  /** Facts of the range sources in their order, then of the list. */
  readonly facts: readonly SourceFacts[]
  readonly sources: number
  readonly rules: JudgingRules
  /** Names in registers of company facts. */
  readonly companies?: KnownCompanies | null
}

export function gatherKnowledge({ organisations, networks, facts, sources, rules, companies = null }: KnowledgeInput): Knowledge {
  const objections = rules.objections ?? objectionsOf([])
  return {
    curated: new Map(organisations.flatMap((organisation) => organisation.asns.map((asn) => [asn, organisation] as const))),
    byDomain: new Map(
      organisations.flatMap((organisation) => (organisation.domain === null ? [] : [[organisation.domain, organisation] as const])),
    ),
    institutions: rules.institutions ?? null,
    assignments: rules.assignments ?? { of: () => [] },
    companies,
    countries: rules.countries ?? new Map(),
    networks,
    names: rules.names ?? openNameBook(),
    deny: rules.deny ?? openDenyBook(),
    partnerships: rules.partnerships ?? false,
    objects: (organisation) => objections.include(organisation),
    ageOf: ages(facts, sources),
  }
}

/** A build has no clock: a source's age is counted from the newest one of the same build. */
function ages(facts: readonly SourceFacts[], sources: number): (source: number, evidence: EvidenceKind) => Piece | null {
  const days = facts.map(({ date }) => Date.parse(date) / 86_400_000)
  const newest = Math.max(...days)
  const ageOf = (index: number): number => newest - (days[index] ?? newest)
  return (source, evidence) => {
    // The curated list comes after the sources, and is as old as the older of the two.
    const age = evidence === 'curated' ? Math.max(ageOf(source), ageOf(sources)) : ageOf(source)
    if (age > VERY_OLD_DAYS) return PENALTIES.veryOld
    return age > OLD_DAYS ? PENALTIES.old : null
  }
}

/**
 * Joins registers of facts to organisations: by LEI, then domain, then register number, then name and country. Never
 * by name alone: Merck KGaA is not Merck & Co.
 *
 * The organisations are indexed and the registers stream past, so millions of companies cost no memory. A key that
 * two records of a register share joins neither, and a record that contradicts what is known (another LEI, another
 * country under the same name) is somebody else. What a register adds, an LEI above all, joins the next one.
 */
import { nameKey } from '../names/words.ts'
import { isFreemail } from './domains.ts'
import { haveOtherForms, withShortForm } from './legal-form.ts'
import type { FactField } from './presets.ts'
import type { FirmographicRecord, FirmographicsSource } from './record.ts'

/** What is known of an organisation before. */
export interface JoinTarget {
  readonly key: string
  readonly name: string
  readonly country: string | null
  readonly domain?: string | null
  readonly lei?: string | null
  readonly registerId?: string | null
}

export const JOINED_BY = ['lei', 'domain', 'registerId', 'name-and-country'] as const
export type JoinedBy = (typeof JOINED_BY)[number]

/** A field's value with where and from when it is: what a receipt says beside the field. */
export interface Fact {
  readonly value: string
  readonly source: string
  readonly date: string
  readonly by: JoinedBy
}
export type Facts = Partial<Record<FactField, Fact>>

/** @returns facts by the organisations' keys; where two registers know a field, the earlier one counts. */
export async function joinFirmographics(
  targets: readonly JoinTarget[],
  sources: readonly FirmographicsSource[],
): Promise<ReadonlyMap<string, Facts>> {
  const joined = new Map<string, Facts>()
  for (const source of sources) {
    const known = targets.map((target) => withFacts(target, joined.get(target.key)))
    for (const [key, { record, by }] of await matchesOf(known, source)) {
      const facts = joined.get(key) ?? {}
      for (const [field, value] of Object.entries(record.said) as [FactField, string][]) {
        facts[field] ??= { value, source: source.name, date: source.date, by }
      }
      joined.set(key, facts)
    }
  }
  return joined
}

function withFacts(target: JoinTarget, facts: Facts | undefined): JoinTarget {
  if (facts === undefined) return target
  return {
    ...target,
    country: target.country || (facts.country?.value ?? null),
    domain: target.domain ?? facts.domain?.value ?? null,
    lei: target.lei ?? facts.lei?.value ?? null,
    registerId: target.registerId ?? facts.registerId?.value ?? null,
  }
}

interface Match {
  readonly record: FirmographicRecord
  readonly by: JoinedBy
}

/** The one record of the source that is each target, by the strongest key that finds it. */
async function matchesOf(targets: readonly JoinTarget[], source: FirmographicsSource): Promise<Map<string, Match>> {
  const index = new TargetIndex(targets)
  /** Candidates by target and kind of key; null where two records claimed it. */
  const found = new Map<string, Match | null>()
  for await (const record of source.records()) {
    const hit = index.find(record)
    if (hit === null) continue
    const claim = `${hit.by} ${hit.target.key}`
    found.set(claim, found.has(claim) ? null : { record, by: hit.by })
  }
  const matches = new Map<string, Match>()
  for (const { key } of targets) {
    const match = JOINED_BY.map((by) => found.get(`${by} ${key}`)).find((candidate) => candidate !== undefined)
    if (match) matches.set(key, match)
  }
  return matches
}

class TargetIndex {
  readonly #byKey = new Map<string, JoinTarget | null>()

  constructor(targets: readonly JoinTarget[]) {
    for (const target of targets) {
      for (const [, key] of keysOf(target)) this.#byKey.set(key, this.#byKey.has(key) ? null : target)
    }
  }

  /** The target that a record is, by its strongest key; null when it is nobody's or says something else. */
  find({ said }: FirmographicRecord): { readonly target: JoinTarget; readonly by: JoinedBy } | null {
    for (const [by, key] of keysOf(said)) {
      const target = this.#byKey.get(key)
      if (target) return contradicts(said, target, by) ? null : { target, by }
    }
    return null
  }
}

type Keyed = { readonly [field in 'lei' | 'domain' | 'registerId' | 'name' | 'country']?: string | null | undefined }

/** Strongest first. A register number counts with its country only: every country has a company 12345. */
function keysOf({ lei, domain, registerId, name, country }: Keyed): readonly (readonly [JoinedBy, string])[] {
  const keys: (readonly [JoinedBy, string])[] = []
  if (lei) keys.push(['lei', `lei ${lei}`])
  if (domain && !isFreemail(domain)) keys.push(['domain', `domain ${domain.toLowerCase()}`])
  const number = registerId
    ?.replace(/^[A-Z]{2}:/, '')
    .replace(/[\s.-]/g, '')
    .toUpperCase()
  if (number && country) keys.push(['registerId', `register ${country} ${number}`])
  const words = name ? nameKey(withShortForm(name)) : ''
  if (words !== '' && country) keys.push(['name-and-country', `name ${country} ${words}`])
  return keys
}

/** Whether a record that shares one key says that it is another company. */
function contradicts(said: FirmographicRecord['said'], target: JoinTarget, by: JoinedBy): boolean {
  if (by !== 'lei' && said.lei && target.lei && said.lei !== target.lei) return true
  if (by === 'name-and-country')
    return (
      Boolean(said.domain && target.domain && said.domain !== target.domain && said.lei === undefined) ||
      haveOtherForms(said.name ?? '', target.name)
    )
  return false
}

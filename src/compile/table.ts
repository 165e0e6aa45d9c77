/**
 * Builds the range table: sources in, named bytes out.
 *
 * rows → claims → flattened segments → judgement → dense ids in address order → shards and company packs → description.
 * Everything here is a function of the sources; the same sources give the same bytes on every machine and every day.
 */
import * as z from 'zod'
import { COMPANY_FIELDS, type CompanyField, type CompanyKind, type FieldSource } from '../words.ts'
import { encodePacks, type PackCompany, packSizeFor } from './company-packs.ts'
import { deniedLine, markDenied } from './deny/mask.ts'
import { fileName, sha256, type TableDescription, versionOf } from './description.ts'
import { type EncodedFamily, encodeFamily } from './encode.ts'
import { EVIDENCE } from './evidence.ts'
import { withFirmographics } from './firmographics/complete.ts'
import { knownCompanies } from './firmographics/known-companies.ts'
import type { FirmographicsSource } from './firmographics/record.ts'
import { assignIds, flatten, type Segments } from './flatten.ts'
import { type IntakeProgress, readNetworks, takeIn } from './intake.ts'
import { countReasons, judge, type Listed } from './judge.ts'
import { gatherKnowledge, type JudgingRules } from './knowledge.ts'
import { type Organisation, REJECTIONS, type Rejection } from './organisation.ts'
import { addSizes } from './sizes.ts'
import type { RangeSource, SourceFacts } from './sources/source.ts'

export interface TableInput {
  readonly sources: readonly RangeSource[]
  readonly organisations: readonly Organisation[]
  /** Facts of everything that went in: the sources in their order, the list of organisations, then whatever else. */
  readonly facts: readonly SourceFacts[]
  /** Keys of renamed companies: old → new. */
  readonly aliases?: Readonly<Record<string, string>>
  readonly rules?: JudgingRules
  /** Registers of facts about companies, joined to the organisations before they are judged. */
  readonly firmographics?: readonly FirmographicsSource[]
  readonly progress?: IntakeProgress
}

/** An organisation that is not in the table, and why. */
export interface Rejected {
  readonly organisation: Organisation
  readonly reason: Rejection
}

const Refusal = z.object({ organisations: z.number(), ranges: z.number(), v4Addresses: z.number(), v6Networks: z.number() })

/** What a build says about itself; `npm run ranges -- build` prints it. */
export const REPORT = z.object({
  rows: z.number(),
  /** Rows that something speaks for, vetoed ones included. */
  claimedRows: z.number(),
  /** What was refused, by reason. */
  refused: z.partialRecord(z.enum(REJECTIONS), Refusal),
  /** Rows that share addresses with another row; the most specific one wins. */
  overlaps: z.number(),
  /** Rows that repeat another one. */
  duplicates: z.number(),
  listed: z.number(),
  /** Listed organisations by the strongest evidence for them. */
  evidence: z.record(z.string(), z.number()),
  /** Organisations that are not in the table, by reason; and those of the curated and the operator's lists by name. */
  rejected: z.partialRecord(z.enum(REJECTIONS), z.number()),
  rejectedNames: z.array(z.object({ name: z.string(), reason: z.enum(REJECTIONS) })),
  /** Rows of registers that mean nothing, with the place of the first of each problem. */
  skipped: z.array(z.object({ problem: z.string(), rows: z.number(), file: z.string(), line: z.number() })),
})
export type TableReport = z.infer<typeof REPORT>

export interface CompiledTable {
  readonly description: TableDescription
  /** Every KV value by its name in `description.files`. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  readonly segments: readonly Segments[]
  /** `companies[id - 1]`. */
  readonly companies: readonly PackCompany[]
  /** `organisations[id - 1]`: what was known of each listed company. */
  readonly organisations: readonly Organisation[]
  readonly rejected: readonly Rejected[]
  readonly report: TableReport
}

/** Above this many bytes a family is cut finer, so that an isolate holds only what it needs. */
const LARGE_TABLE_BYTES = 24 * 1024 * 1024
const SHARDS_OF_LARGE_TABLE = 64

/** @throws SourceError naming file and line of the first row that is wrong. */
export async function compileTable(input: TableInput): Promise<CompiledTable> {
  const { sources, organisations, facts, aliases = {}, rules = {}, progress } = input
  const networks = await readNetworks(sources)
  const registers = await knownCompanies(input.firmographics ?? [])
  const knowledge = gatherKnowledge({ organisations, networks, facts, sources: sources.length, rules, companies: registers })
  const intake = await takeIn(sources, knowledge, progress)
  const claims = await withFirmographics(intake.claims, input.firmographics ?? [])
  const flat = [flatten(intake.v4), flatten(intake.v6)] as const
  const deniedMark = claims.length + 1
  const open = flat.map(({ segments }) => markDenied(segments, deniedLine(knowledge.deny.ranges, segments.family), deniedMark))
  const {
    v4,
    v6,
    listed,
    refused,
    rejected: unlisted,
  } = judge(open[0] ?? flat[0].segments, open[1] ?? flat[1].segments, claims, deniedMark, knowledge)
  const rejected = [...unlisted, ...withoutNetwork(organisations, claims)]
  const idToListed = Array.from(assignIds([v4, v6]).subarray(1), (number) => listed[number - 1]).filter((one) => one !== undefined)
  const companies = idToListed.map((one) => packCompany(one, facts))

  const families = encodeFamilies(v4, v6)
  const packSize = packSizeFor(companies.length)
  const packs = encodePacks(companies, packSize)
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const { family, shards } of families) for (const [index, shard] of shards.entries()) files.set(fileName(`${family}`, index), shard)
  for (const [index, pack] of packs.entries()) files.set(fileName('c', index), pack)

  const content = {
    cuts: { 4: families[0].cuts, 6: families[1].cuts },
    packSize,
    counts: countTable(v4, v6, companies, files),
    sources: facts,
    aliases,
    files: Object.fromEntries([...files].map(([name, bytes]) => [name, sha256(bytes)])),
  }
  const report: TableReport = {
    rows: intake.rows,
    claimedRows: intake.claimed,
    refused,
    overlaps: flat[0].overlaps + flat[1].overlaps,
    duplicates: intake.duplicates,
    listed: companies.length,
    evidence: countEvidence(idToListed),
    rejected: countReasons(rejected),
    rejectedNames: rejected.filter(({ checked }) => checked).map(({ organisation, reason }) => ({ name: organisation.name, reason })),
    skipped: sources.flatMap((source) => source.skipped?.() ?? []),
  }
  const description = { version: versionOf(content), ...content }
  return {
    description,
    files,
    segments: [v4, v6],
    companies,
    organisations: idToListed.map(({ organisation }) => organisation),
    rejected,
    report,
  }
}

/** Organisations of the list none of whose numbers is in the sources. */
function withoutNetwork(organisations: readonly Organisation[], claims: readonly { readonly organisation: Organisation }[]) {
  const claimed = new Set(claims.map(({ organisation }) => organisation.key))
  return organisations
    .filter(({ key }) => !claimed.has(key))
    .map((organisation) => ({ organisation, reason: 'no-network' as const, checked: true }))
}

function countEvidence(listed: readonly Listed[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { claim } of listed) counts[claim.evidence] = (counts[claim.evidence] ?? 0) + 1
  return counts
}

function packCompany({ organisation, claim, confidence }: Listed, facts: readonly SourceFacts[]): PackCompany {
  const source = facts[claim.source]
  if (source === undefined) throw new Error(`${organisation.key} has no source`)
  const { key, kind, name, domain, country, city, industry, employees } = organisation
  const receipt = {
    source: source.name,
    licence: source.licence,
    sourceVersion: source.version,
    sourceDate: source.date,
    evidence: EVIDENCE[claim.evidence].text,
    confidence,
    fields: fieldSources(organisation, claim.source, facts),
  }
  return { key, kind, name, domain, country, city, industry, employees, receipt }
}

/** Where each field that has a value is from, a source at a time. */
function fieldSources(organisation: Organisation, claimed: number, facts: readonly SourceFacts[]): FieldSource[] {
  const sources = new Map<string, { source: string; date: string | null; fields: CompanyField[] }>()
  for (const field of COMPANY_FIELDS) {
    if (organisation[field] === null) continue
    const origin = organisation.origins?.[field] ?? claimed
    const { source, date } = typeof origin === 'number' ? { source: facts[origin]?.name ?? '', date: facts[origin]?.date ?? null } : origin
    const key = `${source} ${date}`
    const known = sources.get(key) ?? { source, date, fields: [] }
    known.fields.push(field)
    sources.set(key, known)
  }
  return [...sources.values()]
}

function encodeFamilies(v4: Segments, v6: Segments): readonly [EncodedFamily, EncodedFamily] {
  const families = [encodeFamily(v4), encodeFamily(v6)] as const
  const bytes = families.reduce((sum, { shards }) => sum + shards.reduce((part, shard) => part + shard.length, 0), 0)
  if (bytes <= LARGE_TABLE_BYTES) return families
  return [encodeFamily(v4, SHARDS_OF_LARGE_TABLE), encodeFamily(v6, SHARDS_OF_LARGE_TABLE)]
}

function countTable(v4: Segments, v6: Segments, companies: readonly PackCompany[], files: ReadonlyMap<string, Uint8Array>) {
  const addresses = new Float64Array(companies.length + 1)
  const networks = new Float64Array(companies.length + 1)
  addSizes(v4, addresses)
  addSizes(v6, networks)
  const kinds: Partial<Record<CompanyKind, number>> = {}
  for (const { kind } of companies) kinds[kind] = (kinds[kind] ?? 0) + 1
  const named = (segments: Segments): number => segments.ids.reduce((sum, id) => sum + (id > 0 ? 1 : 0), 0)
  return {
    companies: companies.length,
    kinds,
    segments: v4.count + v6.count,
    ranges: named(v4) + named(v6),
    v4Addresses: sum(addresses),
    v6Networks: Math.floor(sum(networks)),
    bytes: [...files.values()].reduce((total, bytes) => total + bytes.length, 0),
  }
}

const sum = (numbers: Float64Array): number => numbers.reduce((total, number) => total + number, 0)

/**
 * Builds the range table: sources in, named bytes out.
 *
 * rows → flattened segments → P4's size rule → dense ids in address order → shards and company packs → description.
 * Everything here is a function of the sources; the same sources give the same bytes on every machine and every day.
 */
import * as z from 'zod'
import type { CompanyKind } from '../words.ts'
import { encodePacks, type PackCompany, packSizeFor } from './company-packs.ts'
import { fileName, sha256, type TableDescription, versionOf } from './description.ts'
import { type EncodedFamily, encodeFamily } from './encode.ts'
import { EVIDENCE, ownersByAsn } from './evidence.ts'
import { assignIds, flatten, type Segments } from './flatten.ts'
import { type IntakeProgress, takeIn } from './intake.ts'
import { judgeMasterData, type Organisation, REJECTIONS, type Rejection } from './organisation.ts'
import { addSizes, isLargeEnough, withoutCompanies } from './sizes.ts'
import type { RangeSource, SourceFacts } from './sources/source.ts'
import { vetoedOrganisation } from './vetoes.ts'

export interface TableInput {
  readonly sources: readonly RangeSource[]
  readonly organisations: readonly Organisation[]
  /** Facts of everything that went in, the list of organisations included. */
  readonly facts: readonly SourceFacts[]
  /** Keys of renamed companies: old → new. */
  readonly aliases?: Readonly<Record<string, string>>
  readonly progress?: IntakeProgress
}

/** An organisation that is not in the table, and why. */
export interface Rejected {
  readonly organisation: Organisation
  readonly reason: Rejection
}

/** What a build says about itself; `npm run ranges -- build` prints it. */
export const REPORT = z.object({
  rows: z.number(),
  /** Rows of the networks of organisations. */
  ownedRows: z.number(),
  /** Rows of networks that the list names and a veto keeps out, by veto. */
  vetoedRows: z.record(z.string(), z.number()),
  /** Rows that share addresses with another row; the most specific one wins. */
  overlaps: z.number(),
  /** Rows that repeat another one. */
  duplicates: z.number(),
  listed: z.number(),
  /** Organisations that are not in the table, by reason, and which. */
  rejected: z.partialRecord(z.enum(REJECTIONS), z.number()),
  rejectedNames: z.array(z.object({ name: z.string(), reason: z.enum(REJECTIONS) })),
})
export type TableReport = z.infer<typeof REPORT>

export interface CompiledTable {
  readonly description: TableDescription
  /** Every KV value by its name in `description.files`. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  readonly segments: readonly Segments[]
  /** `companies[id - 1]`. */
  readonly companies: readonly PackCompany[]
  readonly rejected: readonly Rejected[]
  readonly report: TableReport
}

/** Above this many bytes a family is cut finer, so that an isolate holds only what it needs. */
const LARGE_TABLE_BYTES = 24 * 1024 * 1024
const SHARDS_OF_LARGE_TABLE = 64

/** @throws SourceError naming file and line of the first row that is wrong. */
export async function compileTable({ sources, organisations, facts, aliases = {}, progress }: TableInput): Promise<CompiledTable> {
  const intake = await takeIn(sources, ownersByAsn(organisations), organisations.length, progress)
  const flat = [flatten(intake.v4), flatten(intake.v6)] as const

  const { keep, rejected } = judge(organisations, flat[0].segments, flat[1].segments)
  const v4 = withoutCompanies(flat[0].segments, keep)
  const v6 = withoutCompanies(flat[1].segments, keep)
  const idToOrganisation = assignIds([v4, v6])
  const companies = Array.from(idToOrganisation.subarray(1), (number) => packCompany(organisations, number - 1, intake.sourceOf, facts))

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
    ownedRows: intake.owned,
    vetoedRows: intake.vetoed,
    overlaps: flat[0].overlaps + flat[1].overlaps,
    duplicates: intake.duplicates,
    listed: companies.length,
    rejected: countReasons(rejected),
    rejectedNames: rejected.map(({ organisation, reason }) => ({ name: organisation.name, reason })),
  }
  return { description: { version: versionOf(content), ...content }, files, segments: [v4, v6], companies, rejected, report }
}

/** `keep[n]` is 1 when organisation n - 1 (the number its rows carry) is listed. */
function judge(organisations: readonly Organisation[], v4: Segments, v6: Segments): { keep: Uint8Array; rejected: Rejected[] } {
  const addresses = new Float64Array(organisations.length + 1)
  const networks = new Float64Array(organisations.length + 1)
  addSizes(v4, addresses)
  addSizes(v6, networks)
  const keep = new Uint8Array(organisations.length + 1)
  const rejected: Rejected[] = []
  organisations.forEach((organisation, index) => {
    const reason = rejection(organisation, addresses[index + 1] ?? 0, networks[index + 1] ?? 0)
    if (reason === null) keep[index + 1] = 1
    else rejected.push({ organisation, reason })
  })
  return { keep, rejected }
}

function rejection(organisation: Organisation, v4: number, v6: number): Rejection | null {
  if (vetoedOrganisation(organisation.domain) !== null) return 'vetoed'
  const reason = judgeMasterData(organisation)
  if (reason !== null) return reason
  if (v4 === 0 && v6 === 0) return 'no-network'
  return isLargeEnough(v4, v6) ? null : 'too-small'
}

function packCompany(
  organisations: readonly Organisation[],
  index: number,
  sourceOf: Int16Array,
  facts: readonly SourceFacts[],
): PackCompany {
  const organisation = organisations[index]
  const source = facts[sourceOf[index] ?? -1]
  if (organisation === undefined || source === undefined) throw new Error(`company ${index} has no master data or no source`)
  const { key, kind, name, domain, country, city, industry, employees } = organisation
  const receipt = {
    source: source.name,
    licence: source.licence,
    sourceVersion: source.version,
    sourceDate: source.date,
    evidence: EVIDENCE.curated.text,
    confidence: EVIDENCE.curated.confidence,
  }
  return { key, kind, name, domain, country, city, industry, employees, receipt }
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

function countReasons(rejected: readonly Rejected[]): Partial<Record<Rejection, number>> {
  const reasons: Partial<Record<Rejection, number>> = {}
  for (const { reason } of rejected) reasons[reason] = (reasons[reason] ?? 0) + 1
  return reasons
}

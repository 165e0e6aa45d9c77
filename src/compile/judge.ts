/**
 * From claims to organisations: which claims hold now that the sizes of their networks are known, which of them are the
 * same organisation, and which organisations are large enough (P4). Counts what was refused, and why.
 */
import type { Claim } from './evidence/assess.ts'
import { verdictOf } from './evidence/verdict.ts'
import { isChecked } from './evidence.ts'
import type { Segments } from './flatten.ts'
import { type Organisation, REJECTIONS, type Rejection } from './organisation.ts'
import { addSizes, isLargeEnough, relabelled } from './sizes.ts'
import type { VetoRules } from './vetoes.ts'

export interface Listed {
  readonly organisation: Organisation
  /** The strongest claim: it is the receipt. */
  readonly claim: Claim
  readonly confidence: number
}

/** What was refused for one reason. An organisation that is listed by another network counts here with the refused one. */
export interface Refused {
  organisations: number
  ranges: number
  v4Addresses: number
  v6Networks: number
}

export interface Judgement {
  readonly v4: Segments
  readonly v6: Segments
  /** In the lines stands the index of one of these plus one. */
  readonly listed: readonly Listed[]
  readonly refused: Readonly<Partial<Record<Rejection, Refused>>>
  /** Organisations no network of which is listed. */
  readonly rejected: readonly { readonly organisation: Organisation; readonly reason: Rejection; readonly checked: boolean }[]
}

/** @param deniedMark the number that stands where deny lists took out addresses; above every claim's. */
export function judge(v4: Segments, v6: Segments, claims: readonly Claim[], deniedMark: number, rules: VetoRules): Judgement {
  const sizes = measure(v4, v6, deniedMark)
  const refused: Partial<Record<Rejection, Refused>> = {}
  const listed: Listed[] = []
  const numbers = new Map<string, number>()
  const failed = new Map<string, { organisation: Organisation; reason: Rejection; checked: boolean }>()
  const toOrganisation = new Uint32Array(deniedMark + 1)
  const refuse = (reason: Rejection, number: number): void => {
    refused[reason] ??= { organisations: 0, ranges: 0, v4Addresses: 0, v6Networks: 0 }
    const sum = refused[reason]
    sum.organisations++
    sum.ranges += sizes.ranges[number] ?? 0
    sum.v4Addresses += sizes.addresses[number] ?? 0
    sum.v6Networks += Math.floor(sizes.networks[number] ?? 0)
  }

  const byName = addressesByName(claims, sizes.addresses)
  const networks = networksByName(claims)
  claims.forEach((claim, index) => {
    const { organisation } = claim
    const { confidence, rejection: judged } = verdictOf(claim, byName.get(organisation.key) ?? 0, rules)
    const rejection = judged ?? (claim.namesake && (networks.get(organisation.key)?.size ?? 0) > 1 ? 'namesake' : null)
    if (rejection !== null) {
      refuse(rejection, index + 1)
      failed.set(organisation.key, { organisation, reason: rejection, checked: isChecked(claim.evidence) })
      return
    }
    const known = numbers.get(organisation.key)
    if (known === undefined) numbers.set(organisation.key, listed.push({ organisation, claim, confidence }))
    else if (confidence > (listed[known - 1]?.confidence ?? 0)) listed[known - 1] = { organisation, claim, confidence }
    toOrganisation[index + 1] = numbers.get(organisation.key) ?? 0
  })
  if ((sizes.ranges[deniedMark] ?? 0) > 0) refuse('denied', deniedMark)

  const whole = [relabelled(v4, toOrganisation), relabelled(v6, toOrganisation)] as const
  const { addresses, networks: sixes } = measure(whole[0], whole[1], listed.length)
  const keep = Uint32Array.from({ length: listed.length + 1 }, (_, number) =>
    isLargeEnough(addresses[number] ?? 0, sixes[number] ?? 0) ? number : 0,
  )
  listed.forEach(({ organisation, claim }, index) => {
    if (keep[index + 1] !== 0) return
    // Claims of whole AS whose addresses all went to more specific rows have none left.
    const reason = (addresses[index + 1] ?? 0) + (sixes[index + 1] ?? 0) === 0 ? 'no-network' : 'too-small'
    failed.set(organisation.key, { organisation, reason, checked: isChecked(claim.evidence) })
    refused[reason] ??= { organisations: 0, ranges: 0, v4Addresses: 0, v6Networks: 0 }
    refused[reason].organisations++
    refused[reason].v4Addresses += addresses[index + 1] ?? 0
  })
  const rejected = [...failed.values()].filter(({ organisation }) => (keep[numbers.get(organisation.key) ?? 0] ?? 0) === 0)
  return { v4: relabelled(whole[0], keep), v6: relabelled(whole[1], keep), listed, refused, rejected }
}

/** How much of the line each organisation has by its name alone; what a person checked needs no such measure. */
function addressesByName(claims: readonly Claim[], addresses: Float64Array): Map<string, number> {
  const sums = new Map<string, number>()
  claims.forEach((claim, index) => {
    if (!isChecked(claim.evidence)) sums.set(claim.organisation.key, (sums.get(claim.organisation.key) ?? 0) + (addresses[index + 1] ?? 0))
  })
  return sums
}

function networksByName(claims: readonly Claim[]): Map<string, Set<number>> {
  const networks = new Map<string, Set<number>>()
  for (const { organisation, network } of claims)
    networks.set(organisation.key, (networks.get(organisation.key) ?? new Set()).add(network.asn))
  return networks
}

function measure(v4: Segments, v6: Segments, highest: number) {
  const addresses = new Float64Array(highest + 1)
  const networks = new Float64Array(highest + 1)
  const ranges = new Uint32Array(highest + 1)
  addSizes(v4, addresses)
  addSizes(v6, networks)
  for (const { ids } of [v4, v6]) for (const id of ids) ranges[id] = (ranges[id] ?? 0) + 1
  return { addresses, networks, ranges }
}

/** Counts by reason, in the order in which reasons are asked. */
export function countReasons(rejected: readonly { readonly reason: Rejection }[]): Partial<Record<Rejection, number>> {
  const counts: Partial<Record<Rejection, number>> = {}
  for (const reason of REJECTIONS) {
    const number = rejected.filter((one) => one.reason === reason).length
    if (number > 0) counts[reason] = number
  }
  return counts
}

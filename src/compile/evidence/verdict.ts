/**
 * The last word on a claim, once it is known how large the network is: the confidence, and listed or why not.
 */
import { isChecked, LISTED_AT, PENALTIES, VERY_LARGE, VERY_LARGE_LOCAL } from '../evidence.ts'
import type { Rejection } from '../organisation.ts'
import { type Veto, type VetoRules, vetoOf } from '../vetoes.ts'
import type { Claim, Piece } from './assess.ts'

export interface Verdict {
  readonly confidence: number
  readonly pieces: readonly Piece[]
  readonly veto: Veto | null
  /** Null = listed, as far as this network goes. */
  readonly rejection: Rejection | null
}

/** Towns and counties; a ministry or an agency may run a large network for itself. */
const LOCAL =
  /(?<![\p{L}])(?:city|cities|town|township|village|county|municipal\p{L}*|gemeinde|stadt|kommune?n?|prefeitura|ayuntamiento|comune|council)(?![\p{L}])/iu

/** @param addresses IPv4 addresses of the organisation, as far as only names speak for it. */
export function verdictOf(claim: Claim, addresses: number, rules: VetoRules): Verdict {
  const limit = claim.organisation.kind === 'government' && LOCAL.test(claim.organisation.name) ? VERY_LARGE_LOCAL : VERY_LARGE
  const pieces = !isChecked(claim.evidence) && addresses > limit ? [...claim.pieces, PENALTIES.veryLarge] : claim.pieces
  const confidence = Math.max(
    0,
    Math.min(
      100,
      pieces.reduce((sum, { points }) => sum + points, 0),
    ),
  )
  const veto = vetoOf(claim.organisation, claim.network, rules)
  return { confidence, pieces, veto, rejection: veto?.reason ?? (claim.unconfirmed || confidence < LISTED_AT ? 'too-weak' : null) }
}

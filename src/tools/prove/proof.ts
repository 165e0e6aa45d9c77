/** One proof from beginning to end, and its verdict as plain data. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bundle, deployedWorker } from './bundle.ts'
import type { Check } from './checks.ts'
import { type Control, runControl } from './control.ts'
import { type Find, type Prepared, prepare } from './finder.ts'
import { PLACES, type PlaceId } from './places.ts'
import type { Reach } from './reach.ts'
import { type RunOptions, runProof } from './run.ts'
import { allSecrets } from './secrets.ts'

/** A canary with fewer forms than this would be looked for carelessly. */
export const LEAST_FORMS = 200

export interface Verdict {
  readonly passed: boolean
  readonly worker: { readonly sha256: string; readonly by: Bundle['by'] }
  readonly secrets: {
    readonly canaries: number
    readonly sentinels: number
    readonly fewestForms: number
    readonly forms: number
    readonly patterns: number
  }
  /** Null where the caller has run one already. */
  readonly control: Control | null
  readonly sent: { readonly events: number; readonly others: number; readonly paths: number }
  readonly searched: readonly { readonly place: PlaceId; readonly pieces: number; readonly bytes: number }[]
  /** Values of the range table that are byte for byte those of the build. */
  readonly compared: number
  readonly checks: readonly Check[]
  readonly reach: readonly Reach[]
  readonly wrongAnswers: readonly string[]
  readonly finds: readonly Find[]
}

export interface ProofOptions extends RunOptions {
  /** What the positive control plants; all of it unless told otherwise, null for a further proof with the same forms. */
  readonly control?: Prepared | null
}

export async function prove(options: ProofOptions): Promise<Verdict> {
  const { worker, prepared, control = prepared, say = () => undefined } = options
  if (control !== null) say('positive control')
  const controlled = control === null ? null : await runControl(control)
  const run = await runProof(options)
  const canaries = prepared.secrets.filter(({ kind }) => kind === 'canary')
  const secrets = {
    canaries: canaries.length,
    sentinels: prepared.secrets.length - canaries.length,
    fewestForms: Math.min(...canaries.map(({ forms }) => forms.length)),
    forms: prepared.owners.length,
    patterns: prepared.search.patterns,
  }
  const passed =
    controlled?.complete !== false &&
    run.finds.length === 0 &&
    run.wrongAnswers.length === 0 &&
    run.checks.every(({ holds }) => holds) &&
    run.reach.every(({ expected, found }) => expected === found) &&
    secrets.fewestForms >= LEAST_FORMS
  const { checks, reach, wrongAnswers, finds, compared, sent } = run
  const searched = PLACES.map(({ id: place }) => ({ place, ...run.finder.searched(place) }))
  return {
    passed,
    worker: { sha256: worker.sha256, by: worker.by },
    secrets,
    control: controlled,
    sent,
    searched,
    compared,
    checks,
    reach,
    wrongAnswers,
    finds,
  }
}

/** No proof, and no run of all mutants, takes longer. */
const LONGEST_PROOF_MS = 3_600_000

/**
 * The forms of today: a digest may be salted with the day as UTC or as the sites' own calendar has it. A proof that begins
 * shortly before midnight ends tomorrow.
 */
export function secretsOfToday(now: Date): Prepared {
  const end = new Date(now.getTime() + LONGEST_PROOF_MS)
  const days = ['UTC', 'Europe/Berlin'].flatMap((timeZone) => [now, end].map((at) => at.toLocaleDateString('sv-SE', { timeZone })))
  return prepare(allSecrets([...new Set(days)]))
}

/** The Worker as wrangler would upload it. */
export async function buildForDeploy(): Promise<Bundle> {
  const out = mkdtempSync(join(tmpdir(), 'doorplate-bundle-'))
  try {
    return await deployedWorker(out)
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

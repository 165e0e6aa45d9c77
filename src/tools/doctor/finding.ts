/** What a check found: it is well, or what to do; or it could not be looked at from here, and what that would take. */
export type Result =
  | { readonly state: 'ok'; readonly says: string }
  | { readonly state: 'wrong'; readonly says: string }
  | { readonly state: 'unknown'; readonly says: string }

export type Finding = Result & { readonly check: string }

export interface Check {
  readonly name: string
  readonly look: () => Promise<Result> | Result
}

export const ok = (says = ''): Result => ({ state: 'ok', says })
export const wrong = (says: string): Result => ({ state: 'wrong', says })
export const unknown = (says: string): Result => ({ state: 'unknown', says })

/** One after the other; a check that breaks is wrong, with its own words. */
export async function lookAt(checks: readonly Check[], tell: (finding: Finding) => void): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const { name, look } of checks) {
    const result = await Promise.resolve()
      .then(look)
      .catch((error: unknown) => wrong(`it could not be looked at: ${error instanceof Error ? error.message : 'unknown'}`))
    const finding = { check: name, ...result }
    findings.push(finding)
    tell(finding)
  }
  return findings
}

const MARKS = { ok: 'ok', wrong: '!!', unknown: '??' } as const satisfies Record<Result['state'], string>

export const lineOf = ({ check, state, says }: Finding): string => `${MARKS[state]}  ${check.padEnd(26)}${says}`.trimEnd()

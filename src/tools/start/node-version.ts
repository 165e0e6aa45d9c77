/**
 * The oldest Node that can run this: wrangler and vitest need 22.12, and TypeScript without a build step needs 22.18.
 *
 * npm brings a newer Node along (optional dependencies), but only `npm run` and `npx` see it. Somebody who types
 * `node src/tools/start.ts` uses the machine's own, and should be told so rather than shown a syntax error.
 */
const OLDEST = [22, 18] as const

/** A sentence that says what to do, or null when this Node will do. */
export function nodeTooOld(version: string): string | null {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const [wantedMajor, wantedMinor] = OLDEST
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return null
  return `This is Node ${version}; Doorplate needs ${OLDEST.join('.')} or newer. Run it as "npm start": npm ci installed a fitting Node for npm's own commands.`
}

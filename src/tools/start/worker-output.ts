/**
 * What of wrangler's output a person who runs Doorplate wants to read, and the one line that says why it died.
 *
 * Pure. The lists hold what wrangler 4 says on every start of this project and what nobody can act upon here.
 */
const NOISE = [
  /^\s*$/,
  /update available/i,
  /\.env file|Using secrets defined in/,
  // The cron of retention is not run by itself here; wrangler says so in four lines on every start.
  /Scheduled Workers are not automatically|To manually trigger a scheduled event|\/cdn-cgi\/local\/scheduled|#test-cron-triggers-locally/,
  // What `wrangler.toml` runs before the Worker starts; it speaks up itself when it fails.
  /^> |^\[custom build\]|Running:|npm warn/i,
] as const

export function mattersToReader(line: string): boolean {
  return !NOISE.some((pattern) => pattern.test(line))
}

/** One line without a trailing full stop, e.g. `the Worker ended: Expected ";" but found "error" (src/index.ts:2:7)`. */
export function reasonFrom(lines: readonly string[], code: number | null, signal: NodeJS.Signals | null): string {
  const at = lines.findLastIndex((line) => /\[ERROR\]|^\s*\w*Error: /.test(line))
  const complaint = lines[at]
  if (complaint !== undefined) {
    const place = lines.slice(at + 1).find((line) => SOURCE_PLACE.test(line))
    return `the Worker ended: ${tidy(complaint)}${place === undefined ? '' : ` (${tidy(place).replace(/:$/, '')})`}`
  }
  if (signal !== null) return `the Worker was ended by ${signal}`
  const lastWords = lines.findLast(mattersToReader)
  return `the Worker ended with code ${code}${lastWords === undefined ? ' and did not say why' : `; its last words: ${tidy(lastWords)}`}`
}

/** esbuild names the place of a mistake on a line of its own. */
const SOURCE_PLACE = /^\s+[^\s:]+\.\w+:\d+:\d+:$/

function tidy(line: string): string {
  return line
    .replace(/^.*\[ERROR\]\s*/, '')
    .trim()
    .replace(/\.$/, '')
}

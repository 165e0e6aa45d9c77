/**
 * wrangler as a library and as a child process under the same house rules.
 *
 * Three of its habits are switched off because they would break a promise or need the network: a local store of
 * every request's full URL (X_LOCAL_OBSERVABILITY), the look-up of a request's `cf` object on the network
 * (CLOUDFLARE_CF_FETCH_ENABLED), and log files in the home folder (WRANGLER_WRITE_LOGS).
 */
export const HOUSE_RULES = {
  X_LOCAL_OBSERVABILITY: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_WRITE_LOGS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
} as const

/** The library. It reads its environment once, at import, so the rules must be there before. */
export async function loadWrangler(): Promise<typeof import('wrangler')> {
  // As a library it would warn about a secret that only the Worker needs.
  Object.assign(process.env, HOUSE_RULES, { WRANGLER_LOG: 'error' })
  return await import('wrangler')
}

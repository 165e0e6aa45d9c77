/**
 * The last look before the addresses are printed: does the Worker know the token we are about to hand out?
 *
 * 404 and 401 are what the Worker says to a missing and to another secret; here somebody wants to know why.
 */
export async function adminAnswers(origin: string, token: string, ask: typeof fetch = fetch): Promise<string | null> {
  const reply = await ask(`${origin}/admin/api/companies?site=demo`, { headers: { authorization: `Bearer ${token}` } })
  await reply.body?.cancel()
  switch (reply.status) {
    case 200:
      return null
    case 404:
      return 'The Worker got no secret, so /admin answers 404. Look for an empty ADMIN_TOKEN_HASH in .dev.vars or .env and remove it.'
    case 401:
    case 403:
      return 'The Worker has another secret than this token. Look for ADMIN_TOKEN_HASH in .dev.vars or .env and remove it; npm start sets it.'
    default:
      return `The admin does not work: it answered ${reply.status}.`
  }
}

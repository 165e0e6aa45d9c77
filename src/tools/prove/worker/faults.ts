/**
 * Bindings that fail, or answer with what is none of theirs. The platform's errors echo their input (D1 names the value it could not take), so the errors
 * made here echo everything the request carried: a Worker that logs, stores or answers the text of an exception
 * gives itself away.
 */
export const FAULTS = [
  'none',
  'd1-fails',
  'd1-echoes',
  'd1-loses',
  'kv-fails',
  'kv-echoes',
  'kv-garbles',
  'limit-spent',
  'limit-echoes',
] as const
export type Fault = (typeof FAULTS)[number]

export interface Material {
  readonly values: readonly string[]
  readonly address: string
}

const MESSAGES: Readonly<Record<Fault, string>> = {
  none: '',
  'd1-fails': 'D1_ERROR: Network connection lost.',
  'd1-echoes': "D1_TYPE_ERROR: Type 'object' not supported for value",
  'd1-loses': 'D1_ERROR: Network connection lost after',
  'kv-fails': 'KV GET failed: 503 Service Unavailable',
  'kv-echoes': 'KV GET failed: 414 Key too long:',
  'kv-garbles': '',
  'limit-spent': '',
  'limit-echoes': 'Rate limit binding failed for key',
}

function failure(fault: Fault, { values }: Material): Error {
  return new Error(/-(?:echoes|loses)$/.test(fault) ? `${MESSAGES[fault]} '${values.join("', '")}'` : MESSAGES[fault])
}

export function brokenDatabase(fault: Fault, material: Material): Record<string, unknown> {
  const fails = () => Promise.reject(failure(fault, material))
  const statement = { bind: () => statement, run: fails, all: fails, first: fails, raw: fails }
  const session = { prepare: () => statement, batch: fails, getBookmark: () => null }
  return { prepare: () => statement, batch: fails, exec: fails, dump: fails, withSession: () => session }
}

/** What was written is written, and the answer is lost on its way. */
export function losingDatabase(database: { batch(statements: D1PreparedStatement[]): Promise<unknown> }, material: Material) {
  return async (statements: D1PreparedStatement[]): Promise<never> => {
    await database.batch(statements)
    throw failure('d1-loses', material)
  }
}

/** Wrong bytes hold the address too, so short that a parser's message repeats all of them. */
export function brokenNamespace(fault: Fault, material: Material): () => Promise<unknown> {
  if (fault === 'kv-garbles') return () => Promise.resolve(new TextEncoder().encode(`?${material.address}`).buffer)
  return () => Promise.reject(failure(fault, material))
}

export function brokenLimit(fault: Fault, material: Material): () => Promise<{ success: boolean }> {
  return () => (fault === 'limit-spent' ? Promise.resolve({ success: false }) : Promise.reject(failure(fault, material)))
}

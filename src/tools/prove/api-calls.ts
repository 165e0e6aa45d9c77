/**
 * Calls of the admin's API, out of its own OpenAPI document. What only reads is asked of every route there is, so one
 * that is added is in the proof the same day; exports are among them.
 */
import type { Path } from './paths.ts'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
}

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
}

export interface ApiDocument {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

export interface Asking {
  readonly headers: Readonly<Record<string, string>>
  /** What to fill in, by the parameter's name. */
  readonly samples: Readonly<Record<string, string>>
}

interface Call {
  readonly method: string
  readonly template: string
  readonly operation: Operation
}

/** @throws Error naming a parameter that nothing here fills in. */
export function apiReads(document: ApiDocument, asking: Asking): readonly Path[] {
  return callsOf(document)
    .filter(({ method }) => method === 'get')
    .map((call) => callPath(call, asking))
}

/** One call by the operation's id. @throws Error where there is no such operation. */
export function apiCall(document: ApiDocument, id: string, asking: Asking, body?: unknown): Path {
  const call = callsOf(document).find(({ operation }) => operation.operationId === id)
  if (call === undefined) throw new Error(`The proof asks "${id}" and the API has no such operation.`)
  return callPath(call, asking, body)
}

const callsOf = ({ paths = {} }: ApiDocument): readonly Call[] =>
  Object.entries(paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method, template, operation })),
  )

function callPath({ method, template, operation }: Call, { headers, samples }: Asking, body?: unknown): Path {
  const needed = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path' || parameter.required === true)
  const missing = needed.find(({ name }) => samples[name] === undefined)
  if (missing !== undefined) throw new Error(`The proof asks "${operation.operationId}" and does not know a "${missing.name}".`)
  const value = (name: string): string => encodeURIComponent(samples[name] ?? '')
  const path = template.replace(/\{(\w+)\}/g, (_all, name: string) => value(name))
  const query = needed.filter((parameter) => parameter.in === 'query').map(({ name }) => `${name}=${value(name)}`)
  const sent =
    body === undefined ? { headers } : { headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) }
  return {
    name: `admin API: ${operation.operationId}`,
    from: 'operator',
    share: 1,
    status: 200,
    leaves: 'nothing',
    request: () => ({
      method: method.toUpperCase(),
      path: `/admin/api${path}${query.length === 0 ? '' : `?${query.join('&')}`}`,
      ...sent,
    }),
  }
}

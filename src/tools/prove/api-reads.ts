/**
 * Every question the admin's API answers, out of its own OpenAPI document: a route that is added is in the proof the
 * same day. Exports are among them.
 */
import type { Path } from './paths.ts'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
}

interface Document {
  readonly paths?: Readonly<Record<string, { readonly get?: { readonly operationId: string; readonly parameters?: readonly Parameter[] } }>>
}

export interface Asking {
  readonly headers: Readonly<Record<string, string>>
  /** What to fill in, by the parameter's name. */
  readonly samples: Readonly<Record<string, string>>
}

/** @throws Error naming a parameter that nothing here fills in. */
export function apiReads(document: Document, { headers, samples }: Asking): readonly Path[] {
  return Object.entries(document.paths ?? {}).flatMap(([template, { get }]) => {
    if (get === undefined) return []
    const needed = (get.parameters ?? []).filter((parameter) => parameter.in === 'path' || parameter.required === true)
    const missing = needed.find(({ name }) => samples[name] === undefined)
    if (missing !== undefined) throw new Error(`The proof asks "${get.operationId}" and does not know a "${missing.name}".`)
    const value = (name: string): string => encodeURIComponent(samples[name] ?? '')
    const path = template.replace(/\{(\w+)\}/g, (_all, name: string) => value(name))
    const query = needed.filter((parameter) => parameter.in === 'query').map(({ name }) => `${name}=${value(name)}`)
    return [
      {
        name: `admin API: ${get.operationId}`,
        from: 'operator',
        share: 1,
        status: 200,
        leaves: 'nothing',
        request: () => ({ method: 'GET', path: `/admin/api${path}${query.length === 0 ? '' : `?${query.join('&')}`}`, headers }),
      } satisfies Path,
    ]
  })
}

/**
 * Looks addresses up on this machine, through the very code that the Worker runs: in a build, or in what is published.
 * The answer goes to the terminal and nowhere else.
 */
import type { KvPort } from '../../compile/kv-port.ts'
import { encodePointer, POINTER_KEY, versionPrefix } from '../../compile/pointer.ts'
import type { PublishableTable } from '../../compile/publish.ts'
import { type Resolution, resolve } from '../../ranges/resolve.ts'
import { type KvReader, openRangeStore, type RangeStore } from '../../ranges/store.ts'
import { noteOf } from '../../receipt.ts'
import type { CompanyRecord } from '../../words.ts'

/** A store over a build in memory. */
export function storeOfBuild({ description, files }: PublishableTable): RangeStore {
  const values = new Map([...files].map(([name, bytes]) => [versionPrefix(description.version) + name, bytes]))
  values.set(POINTER_KEY, encodePointer(description, null, new Date(0)))
  return open({ get: async (key) => values.get(key)?.buffer ?? null })
}

/** A store over what is published. */
export function storeOfKv(port: KvPort): RangeStore {
  return open({ get: async (key) => (await port.get(key))?.slice().buffer ?? null })
}

const open = (kv: KvReader): RangeStore => openRangeStore(kv, () => performance.now())

export interface LookupAnswer {
  readonly address: string
  readonly answer: Resolution
}

export async function lookUp(addresses: readonly string[], store: RangeStore): Promise<LookupAnswer[]> {
  const answers: LookupAnswer[] = []
  for (const address of addresses) answers.push({ address, answer: await resolve(address, store) })
  return answers
}

export function describeAnswer(answer: Resolution): string {
  return answer.found ? describeCompany(answer.company) : `nobody (${answer.why})`
}

/** Who it is, why we say so, and where each field is from. */
export function describeCompany({ key, name, kind, domain, city, country, industry, employees, receipt }: CompanyRecord): string {
  const seat = [city, country].filter((part) => part !== null).join(', ')
  const facts = [domain, industry, employees === null ? null : `${employees} employees`].filter((fact) => fact !== null)
  return [
    `${name} (${seat}; ${kind}; ${key})`,
    ...(facts.length === 0 ? [] : [facts.join(', ')]),
    `receipt: ${receipt.evidence}, confidence ${receipt.confidence}; ${receipt.source} ${receipt.sourceVersion} of ${receipt.sourceDate}, ${receipt.licence}; table ${receipt.tableVersion.slice(0, 12)}`,
    ...receipt.fields.map((one) => `${one.fields.join(', ')}: ${noteOf(one)}`),
  ].join('\n    ')
}

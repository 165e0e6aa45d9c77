/** What of Doorplate is in an account, and how each of it is deleted. */
import * as z from 'zod'
import { runWrangler, WranglerFailed } from '../wrangler.ts'
import { Cloud, jsonIn, type Run } from './cloud.ts'

export interface Belonging {
  readonly kind: 'Worker' | 'database' | 'namespace' | 'queue'
  readonly name: string
  /** What deletes it. */
  readonly words: readonly string[]
}

const Databases = z.array(z.object({ name: z.string() }))
const Namespaces = z.array(z.object({ id: z.string(), title: z.string() }))

/** The queues of `[env.queue]`; wrangler lists queues as a table only, so they are asked for by name. */
const QUEUES = ['doorplate-counts-eu', 'doorplate-counts-dead-eu'] as const

/** In the order in which they can be deleted: the Worker first, because it is bound to the others. Its secrets go with it. */
export async function belongings(name: string, run: Run = runWrangler): Promise<readonly Belonging[]> {
  const [secrets, databases, namespaces, ...queues] = await Promise.all([
    new Cloud(run).secrets(),
    run(['d1', 'list', '--json']).then((printed) => Databases.parse(jsonIn(printed))),
    run(['kv', 'namespace', 'list']).then((printed) => Namespaces.parse(jsonIn(printed))),
    ...QUEUES.map((queue) => isThere(queue, run)),
  ])
  return [
    ...(secrets === null ? [] : [{ kind: 'Worker', name, words: ['delete', '--force', '--env='] } as const]),
    ...databases
      .filter((each) => each.name === name || each.name.startsWith(`${name}-`))
      .map((each) => ({ kind: 'database', name: each.name, words: ['d1', 'delete', each.name, '--skip-confirmation'] }) as const),
    ...namespaces
      .filter(({ title }) => title === `${name}-ranges`)
      .map(
        ({ id, title }) =>
          ({ kind: 'namespace', name: title, words: ['kv', 'namespace', 'delete', '--namespace-id', id, '--skip-confirmation'] }) as const,
      ),
    ...QUEUES.filter((_, index) => queues[index]).map(
      (queue) => ({ kind: 'queue', name: queue, words: ['queues', 'delete', queue] }) as const,
    ),
  ]
}

async function isThere(queue: string, run: Run): Promise<boolean> {
  try {
    await run(['queues', 'info', queue])
    return true
  } catch (error) {
    if (error instanceof WranglerFailed) return false
    throw error
  }
}

export async function remove({ words }: Belonging, run: Run = runWrangler): Promise<void> {
  await run(words)
}

/** What was sent and what came back: counted by path, and every different answer kept for the search. */
import type { Answer, Sending } from './client.ts'
import type { Evidence } from './finder.ts'
import type { Path } from './paths.ts'

export interface Sent {
  readonly path: Path
  readonly times: number
}

/** A request to the admin, as far as it says which route or form it was for. */
export interface Asked {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly form: string | null
  readonly status: number
}

export class Journal {
  readonly #asked: Asked[] = []
  readonly #sent = new Map<Path, number>()
  readonly #heads = new Map<string, Set<string>>()
  readonly #bodies = new Map<string, Set<string>>()
  readonly #wrong = new Map<string, number>()

  note(path: Path, { method, path: address, body: sent }: Sending, { status, head, body }: Answer): void {
    if (address.startsWith('/admin')) {
      const form = typeof sent === 'string' && !sent.startsWith('{') ? new URLSearchParams(sent).get('form') : null
      this.#asked.push({ method, path: address.replace(/[?].*$/, ''), form, status })
    }
    this.#sent.set(path, (this.#sent.get(path) ?? 0) + 1)
    keep(this.#heads, path.name, head)
    keep(this.#bodies, path.name, body)
    if (!(path.answers ?? [path.status]).includes(status)) {
      const what = `${path.name}: answered ${status} instead of ${path.status}`
      this.#wrong.set(what, (this.#wrong.get(what) ?? 0) + 1)
    }
  }

  get requests(): number {
    return this.sent().reduce((sum, { times }) => sum + times, 0)
  }

  /** Those of them that are visitors' events. */
  get events(): number {
    return this.sent().reduce((sum, { path, times }) => sum + (path.from === 'operator' ? 0 : times), 0)
  }

  sent(): readonly Sent[] {
    return [...this.#sent].map(([path, times]) => ({ path, times }))
  }

  /** Everything that was asked of the admin. */
  asked(): readonly Asked[] {
    return this.#asked
  }

  /** Paths that were not answered as their row says, with how often. */
  wrong(): readonly string[] {
    return [...this.#wrong].map(([what, times]) => `${what} (${times} times)`)
  }

  /** All different heads of answers with this status. */
  headsOf(status: number): ReadonlySet<string> {
    const heads = [...this.#heads.values()].flatMap((set) => [...set])
    return new Set(heads.filter((head) => head.startsWith(String(status))))
  }

  evidence(): readonly Evidence[] {
    const of = (place: Evidence['place'], what: string, kept: Map<string, Set<string>>): Evidence[] =>
      [...kept].map(([name, set]) => ({
        place,
        where: `${what} of the answer to "${name}"`,
        bytes: Buffer.from([...set].join('\n'), 'latin1'),
      }))
    return [...of('answer-headers', 'headers', this.#heads), ...of('answer-bodies', 'body', this.#bodies)]
  }
}

function keep(kept: Map<string, Set<string>>, name: string, bytes: Buffer): void {
  const set = kept.get(name) ?? new Set()
  kept.set(name, set.add(bytes.toString('latin1')))
}

/**
 * Leak mutants: the Worker with a leak planted in its sources, as a careless change would plant it. A proof that
 * doesn't notice it is not worth much; so each must be found, and found where its patch says.
 *
 * A patch is a unified diff of `src/` or `migrations/` with two lines before it: `What:` it does, and `Found:` where
 * it must be found (places by the ids of `places.ts`, promises by theirs; several are joined by commas, all of them).
 * A third, `Through:`, names the lives of the Worker (`run.ts`) that it takes beside the first and the traced one; those for
 * P3 take the twins too. A patch that says nothing takes all of them.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { ROOT, workerOf } from './bundle.ts'
import type { Prepared } from './finder.ts'
import { prove, type Verdict } from './proof.ts'
import { LIVES, type Life } from './run.ts'

export const MUTANTS = join(ROOT, 'test/mutants')
/** Enough to take every path. */
const EVENTS = 200

export interface Mutant {
  readonly name: string
  readonly what: string
  /** Places and promises; empty where the patch doesn't say: then any find kills it. */
  readonly found: readonly string[]
  readonly lives: readonly Life[]
  readonly path: string
}

export type Fate =
  | { readonly fate: 'killed'; readonly by: readonly string[] }
  | { readonly fate: 'survived'; readonly by: readonly string[] }
  | { readonly fate: 'does not apply' | 'does not compile' | 'does not work'; readonly why: string }

export function readMutant(path: string): Mutant {
  const text = readFileSync(path, 'utf8')
  const field = (name: string): string => new RegExp(`^${name}: (.+)$`, 'm').exec(text)?.[1]?.trim() ?? ''
  const list = (name: string): readonly string[] =>
    field(name)
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '')
  const [foundIn, through] = [list('Found'), list('Through')]
  const takes = (life: Life): boolean =>
    foundIn.length + through.length === 0 || through.includes(life) || (life === 'twins' && foundIn.includes('P3'))
  return {
    name: basename(path).replace(/\.patch$/, ''),
    what: field('What'),
    found: foundIn,
    lives: LIVES.filter(takes),
    path: resolve(path),
  }
}

export function allMutants(): readonly Mutant[] {
  const names = readdirSync(MUTANTS).filter((name) => name.endsWith('.patch'))
  return names.sort().map((name) => readMutant(join(MUTANTS, name)))
}

/** What a proof of the Worker itself shows in the lives that any mutant takes: a mutant must show more than that. */
export async function soundWorker(prepared: Prepared, mutants: readonly Mutant[]): Promise<ReadonlySet<string>> {
  const lives = LIVES.filter((life) => mutants.some((mutant) => mutant.lives.includes(life)))
  return symptoms(await prove({ worker: await workerOf(join(ROOT, 'src')), prepared, events: EVENTS, control: null, lives }))
}

/** @param known symptoms of the Worker without the mutation. */
export async function tryMutant(mutant: Mutant, prepared: Prepared, known: ReadonlySet<string>): Promise<Fate> {
  const tree = mkdtempSync(join(tmpdir(), 'doorplate-mutant-'))
  try {
    for (const folder of ['src', 'migrations']) cpSync(join(ROOT, folder), join(tree, folder), { recursive: true })
    const refusal = apply(mutant.path, tree)
    if (refusal !== null) return { fate: 'does not apply', why: refusal }
    const worker = await workerOf(join(tree, 'src')).catch((error: unknown) => String(error))
    if (typeof worker === 'string') return { fate: 'does not compile', why: worker }
    const { lives } = mutant
    const verdict = await prove({ worker, prepared, events: EVENTS, control: null, migrations: join(tree, 'migrations'), lives })
    const illness = ill(verdict)
    if (illness !== null) return { fate: 'does not work', why: illness }
    const by = [...new Set([...symptoms(verdict)].filter((symptom) => !known.has(symptom)).map(placeOf))]
    const killed = mutant.found.length === 0 ? by.length > 0 : mutant.found.every((place) => by.includes(place))
    return { fate: killed ? 'killed' : 'survived', by }
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

/** Null where a patch fits the sources as they are, else git's reason. */
export function refusalOf(mutant: Mutant): string | null {
  return apply(mutant.path, ROOT, '--check')
}

/** Null when it applied, else git's reason. git is how the project came here, and its patches are everybody's. */
function apply(patch: string, tree: string, ...how: readonly string[]): string | null {
  try {
    execFileSync('git', ['apply', '-p1', ...how, patch], {
      cwd: tree,
      stdio: 'pipe',
      env: { ...process.env, GIT_CEILING_DIRECTORIES: resolve(tree, '..') },
    })
    return null
  } catch (error) {
    return error instanceof Error ? error.message.split('\n').slice(1, 4).join(' ') : 'git could not apply it'
  }
}

/** A Worker that counts nobody any more has not leaked, it is broken: such a mutant is none. */
function ill({ wrongAnswers, reach }: Verdict): string | null {
  const wrong = wrongAnswers.find((answer) => answer.startsWith('counted: view:'))
  if (wrong !== undefined) return wrong
  return (reach.find(({ what }) => what === 'in the ledger')?.found ?? 0) > 0 ? null : 'nothing reached the ledger'
}

/** `rows: table …: whose address as what` for a find, `P1: what did not hold` for a promise. */
function symptoms({ finds, checks }: Verdict): ReadonlySet<string> {
  return new Set([
    ...finds.flatMap(({ place, where, secret, forms }) => forms.map((form) => `${place}: ${where}: ${secret} as ${form}`)),
    ...checks.filter(({ holds }) => !holds).map(({ promise, what }) => `${promise}: ${what}`),
  ])
}

const placeOf = (symptom: string): string => symptom.slice(0, symptom.indexOf(':'))

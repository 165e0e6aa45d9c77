/** Tries mutants, two at a time, and says of each what became of it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Prepared } from './finder.ts'
import { allMutants, type Fate, MUTANTS, type Mutant, readMutant, soundWorker, tryMutant } from './mutants.ts'

export interface MutantResult {
  readonly mutant: Mutant
  readonly fate: Fate
}

/** @param wanted files, or names of patches in test/mutants. @throws Error naming one that is not there. */
export function chosenMutants(wanted: 'all' | readonly string[]): readonly Mutant[] {
  if (wanted === 'all') return allMutants()
  return wanted.map((word) => {
    const path = [word, join(MUTANTS, `${word}.patch`)].find(existsSync)
    if (path === undefined) throw new Error(`There is no file ${word}.`)
    return readMutant(path)
  })
}

/** While one waits for its runtime to start, the other searches. */
const AT_ONCE = 2

export async function tryMutants(
  mutants: readonly Mutant[],
  prepared: Prepared,
  tell: (result: MutantResult) => void,
): Promise<readonly MutantResult[]> {
  const known = await soundWorker(prepared, mutants)
  const waiting = [...mutants]
  const results: MutantResult[] = []
  const worker = async () => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const result = { mutant, fate: await tryMutant(mutant, prepared, known) }
      results.push(result)
      tell(result)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return results
}

export function resultText({ mutant, fate }: MutantResult): string {
  const head = `${fate.fate === 'killed' ? '✓' : '✗'} ${mutant.name.padEnd(24)} ${mutant.what}`
  switch (fate.fate) {
    case 'killed':
      return `${head}: found in ${fate.by.join(', ')}`
    case 'survived':
      return `${head}: SURVIVED; expected in ${mutant.found.join(', ') || 'any place'}, found in ${fate.by.join(', ') || 'none'}`
    default:
      return `${head}: ${fate.fate.toUpperCase()}: ${fate.why}`
  }
}

export function killRate(results: readonly MutantResult[]): string {
  const killed = results.filter(({ fate }) => fate.fate === 'killed').length
  return `${killed} of ${results.length} mutants killed.`
}

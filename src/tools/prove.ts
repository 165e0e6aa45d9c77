/**
 * `npm run prove`: P1, P2, P3 and P9 shown on the bytes, by anybody, on every change (P10).
 *
 * What it can't show: that the deployed Worker is this one (compare the hash), what Cloudflare itself records, and
 * what an operator does elsewhere. docs/privacy.md says so.
 */
import { buildAssets } from './build.ts'
import { chosenMutants, killRate, resultText, tryMutants } from './prove/mutant-run.ts'
import { type ProveOptions, readProveOptions } from './prove/options.ts'
import { buildForDeploy, prove, secretsOfToday } from './prove/proof.ts'
import { reportText } from './prove/report.ts'

const request = readProveOptions(process.argv.slice(2))

if ('help' in request) console.log(request.help)
else if ('wrong' in request) {
  console.error(request.wrong)
  process.exitCode = 2
} else {
  try {
    process.exitCode = await (request.run.mutants.length === 0 ? proveWorker(request.run) : proveMutants(request.run))
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'The proof could not be run.')
    process.exitCode = 1
  }
}

async function proveWorker({ events, json }: ProveOptions): Promise<number> {
  // Progress goes to standard error, so that standard output is the verdict alone.
  const say = (step: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${step} …`)
  say('building the Worker')
  const verdict = await prove({ worker: await buildForDeploy(), prepared: secretsOfToday(new Date()), events, say })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  console.log(json ? JSON.stringify(verdict, null, 2) : reportText(verdict))
  return verdict.passed ? 0 : 1
}

async function proveMutants({ mutants, json }: ProveOptions): Promise<number> {
  // Mutants of the sources are bundled without wrangler; what they read of the build has to be there.
  await buildAssets()
  const results = await tryMutants(chosenMutants(mutants), secretsOfToday(new Date()), (result) => {
    if (!json) console.log(resultText(result))
  })
  console.log(json ? JSON.stringify(results, null, 2) : killRate(results))
  return results.every(({ fate }) => fate.fate === 'killed') ? 0 : 1
}

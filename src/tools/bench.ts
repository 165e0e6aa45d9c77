/**
 * `npm run bench`: what this project is measured by, against named peers in the same run.
 *
 *   npm run bench                 every benchmark
 *   npm run bench -- ranges       the range table alone
 *   npm run bench -- ledger       rows written an event, both sinks against exact counts, and every query of the API over
 *                                 ten million rows (1 GB in the temp folder; `--ledger <folder>` keeps it for the next run)
 *   npm run bench -- pages        every page of the dashboard over those ten million rows, beside an empty page (`--ledger` too)
 *   npm run bench -- load         the Worker under load beside an empty one, and whether every event was counted (--minutes 5)
 *   npm run bench -- bundle       how large the Worker is, and how long it takes to start
 *   npm run bench -- fuzz         200,000 made-up events: never a server error, never a row outside the schema
 *   npm run bench -- snippet      the snippet against published trackers, and an empty script
 *   npm run bench -- import       a registry's dump of 4 million objects (writes 2.2 GB into the temp folder)
 *   npm run bench -- --json       one figure a line, for programs
 */
import { parseArgs } from 'node:util'
import { benchBundle } from './bench/bundle.ts'
import type { Figure } from './bench/figure.ts'
import { benchFuzz } from './bench/fuzz.ts'
import { benchImport } from './bench/import.ts'
import { benchLedger } from './bench/ledger.ts'
import { benchLoad } from './bench/load.ts'
import { benchPages } from './bench/pages.ts'
import { benchRanges } from './bench/ranges.ts'
import { benchSnippet } from './bench/snippet.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    ledger: { type: 'string' },
    minutes: { type: 'string', default: '1' },
  },
})

const SUITES: Readonly<Record<string, () => AsyncGenerator<Figure>>> = {
  ranges: benchRanges,
  ledger: () => benchLedger(values.ledger),
  pages: () => benchPages(values.ledger),
  load: () => benchLoad(minutes()),
  bundle: benchBundle,
  fuzz: benchFuzz,
  import: () => benchImport(),
  snippet: () => benchSnippet(),
}

const unknown = positionals.find((name) => !(name in SUITES))

if (values.help || unknown !== undefined) {
  if (unknown !== undefined) console.error(`There is no benchmark "${unknown}".`)
  console.error(`Use: npm run bench -- [${Object.keys(SUITES).join('|')}] [--json] [--ledger <folder>] [--minutes N]`)
  process.exitCode = unknown === undefined ? 0 : 2
} else {
  for (const [name, suite] of Object.entries(SUITES)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    for await (const figure of suite()) print(figure)
  }
}

function print({ name, value, unit }: Figure): void {
  const rounded = Number(value.toPrecision(4))
  if (values.json) console.log(JSON.stringify({ name, value: rounded, unit }))
  else console.log(`${name.padEnd(36)}${rounded.toLocaleString('en', { maximumFractionDigits: 2 }).padStart(14)} ${unit}`)
}

/** How long the load goes on. */
function minutes(): number {
  const number = Number(values.minutes)
  return number > 0 && number <= 60 ? number : 1
}

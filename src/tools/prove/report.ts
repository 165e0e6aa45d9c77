/** A verdict as a person reads it. */
import type { Control } from './control.ts'
import type { Find } from './finder.ts'
import { PLACES } from './places.ts'
import type { Verdict } from './proof.ts'
import { SECRET_GROUPS } from './secrets.ts'

export function reportText(verdict: Verdict): string {
  const { worker, secrets, control, sent, compared } = verdict
  return [
    `Worker     SHA-256 ${worker.sha256} (built by ${worker.by})`,
    `Looked for ${count(secrets.canaries)} canary addresses in at least ${count(secrets.fewestForms)} forms each, ${secrets.sentinels} sentinels: ${count(secrets.forms)} forms, ${count(secrets.patterns)} patterns`,
    `Sent       ${count(sent.events)} events and ${count(sent.others)} requests of operators, along ${sent.paths} paths`,
    '',
    ...(control === null ? [] : [...matrix(control), '']),
    'Searched',
    ...verdict.searched.map(
      ({ place, pieces, bytes }) =>
        `  ${titleOf(place).padEnd(13)}${count(bytes).padStart(13)} bytes in ${count(pieces).padStart(4)} pieces   ${whatOf(place)}`,
    ),
    `  and compared ${count(compared)} values of the range table with the build, byte for byte`,
    '',
    'Where events arrived',
    ...verdict.reach.map(
      ({ what, expected, found }) =>
        `  ${mark(expected === found)} ${count(found)} ${what}${expected === found ? '' : `, but ${count(expected)} were sent there`}`,
    ),
    ...verdict.wrongAnswers.map((wrong) => `  ${mark(false)} ${wrong}`),
    '',
    'Held',
    ...verdict.checks.map(({ promise, what, holds, detail }) => `  ${mark(holds)} ${promise} ${what}: ${detail}`),
    '',
    ...findTexts(verdict.finds),
    conclusion(verdict),
  ].join('\n')
}

function matrix({ cells, complete, missed }: Control): string[] {
  const columns = PLACES.map(({ title }) => title)
  const widths = columns.map((title) => Math.max(title.length, 7))
  const row = (head: string, texts: readonly string[]): string =>
    `  ${head.padEnd(14)}${texts.map((text, index) => text.padStart((widths[index] ?? 7) + 2)).join('')}`
  const cellText = (group: string, place: string): string => {
    const cell = cells.find((each) => each.group === group && each.place === place)
    if (cell === undefined) return ''
    return cell.found === cell.planted ? count(cell.found) : `${cell.found}/${cell.planted}`
  }
  return [
    complete
      ? 'Positive control: every form was planted once in every place, and found there'
      : 'Positive control INCOMPLETE: found/planted',
    row('', columns),
    ...SECRET_GROUPS.map((group) =>
      row(
        group,
        PLACES.map(({ id }) => cellText(group, id)),
      ),
    ),
    '  (headers carry no zero bytes and no line breaks: fewer forms exist there)',
    ...missed.map((form) => `  ✗ not found: ${form}`),
  ]
}

const SHOWN = 3

/** Finds of the same secret in the same forms and place are one sentence; rows come before files, for they say more. */
function findTexts(finds: readonly Find[]): string[] {
  const order = ['rows', ...PLACES.map(({ id }) => id)]
  const sorted = [...finds].sort((a, b) => order.indexOf(a.place) - order.indexOf(b.place))
  const same = Map.groupBy(sorted, ({ place, secret, forms }) => `${place}\n${secret}\n${forms.join('\n')}`)
  return [...same.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const places = group.map(({ where }) => where)
    return [
      `✗ FOUND in ${titleOf(first.place)}: ${first.secret} as ${some(first.forms, '; ')}`,
      ...some(places, '\n')
        .split('\n')
        .map((where) => `    ${where}`),
    ]
  })
}

const some = (texts: readonly string[], between: string): string =>
  [...texts.slice(0, SHOWN), ...(texts.length > SHOWN ? [`and ${texts.length - SHOWN} more`] : [])].join(between)

function conclusion({ passed, finds, control }: Verdict): string {
  if (control?.complete === false) return 'This proves nothing: the positive control is incomplete.'
  const found = `${finds.length} found`
  return passed ? `${found}.` : `${found}. The proof FAILED.`
}

const titleOf = (place: string): string => PLACES.find(({ id }) => id === place)?.title ?? place
const whatOf = (place: string): string => PLACES.find(({ id }) => id === place)?.what ?? ''
const mark = (good: boolean): string => (good ? '✓' : '✗')
const count = (number: number): string => number.toLocaleString('en-US')

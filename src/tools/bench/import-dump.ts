/**
 * Makes a dump like a registry's: inetnum objects with the attributes that real ones have, in their usual order and
 * length, some of them with an organisation, remarks, continuation lines and names beyond ASCII.
 *
 * It is random by a seed, so two runs measure the same bytes.
 */

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

const ORGANISATIONS = 120_000
const HEADER = '% This is a made dump: no object in it exists.\n%\n\n'
const KEEPERS = 'admin-c:        DUMY-RIPE\ntech-c:         DUMY-RIPE\n'
const TRAILER =
  'mnt-by:         EXAMPLE-MNT\nmnt-lower:      EXAMPLE-LOWER-MNT\ncreated:        2004-02-11T14:50:12Z\nlast-modified:  2016-04-14T09:23:04Z\nsource:         RIPE\nremarks:        ****************************\nremarks:        * THIS OBJECT IS MODIFIED\nremarks:        ****************************\n\n'
const WORDS = ['Müller', 'Example', 'Werke', 'Société', 'Handel', 'Industries', 'Nordic', 'Data', 'Bygg', 'Stål', 'Foods', 'Logistik']
const FORMS = ['GmbH', 'AG', 'S.A.', 'Ltd', 'B.V.', 'AB', 'Oy', 'S.p.A.']
const BODIES = ['University of', 'Stadt', 'Ministry of', 'Comune di', 'Universidad de']
const COUNTRIES = ['DE', 'FR', 'GB', 'NL', 'SE', 'IT', 'ES', 'PL', 'CH', 'AT']
/** Names of towns and families are made of these: enough that hardly two of a hundred holders share one. */
const SYLLABLES = ['berg', 'dorf', 'hal', 'lin', 'mar', 'nor', 'ost', 'ple', 'ric', 'sand', 'tor', 'ven', 'wal', 'zell', 'ham', 'gra']
/** Objects joined before they are written. */
const GROUP = 2_000

/** Writes `objects` inetnum objects to `path` and the organisations they name to `organisations`. */
export async function writeDump(path: string, organisations: string, objects: number): Promise<void> {
  await write(organisations, ORGANISATIONS, (index, random) => organisation(index, random))
  await write(path, objects, (index, random) => inetnum(index, random))
}

type Random = (below: number) => number

async function write(path: string, count: number, text: (index: number, random: Random) => string): Promise<void> {
  const random = seeded(20261121)
  const out = createWriteStream(path, { highWaterMark: 4 * 1024 * 1024 })
  out.write(HEADER)
  for (let from = 0; from < count; from += GROUP) {
    let group = ''
    for (let index = from; index < Math.min(count, from + GROUP); index++) group += text(index, random)
    if (!out.write(Buffer.from(group, 'latin1'))) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

const pick = (words: readonly string[], random: Random): string => words[random(words.length)] ?? ''
const proper = (random: Random): string => {
  const word = pick(SYLLABLES, random) + pick(SYLLABLES, random) + pick(SYLLABLES, random)
  return word.charAt(0).toUpperCase() + word.slice(1)
}
/** Companies; one in fifty is a body that its name alone may list. */
function company(random: Random): string {
  if (random(50) === 0) return `${pick(BODIES, random)} ${proper(random)}`
  return `${proper(random)} ${pick(WORDS, random)} ${pick(FORMS, random)}`
}

function organisation(index: number, random: Random): string {
  return `organisation:   ORG-EX${index}-RIPE\norg-name:       ${company(random)}\ncountry:        ${pick(COUNTRIES, random)}\norg-type:       OTHER\naddress:        Example Street ${random(200)}\naddress:        ${10000 + random(80000)} Town\n${KEEPERS}${TRAILER}`
}

function inetnum(index: number, random: Random): string {
  const first = 0x02000000 + index * 16
  const quad = (word: number): string => `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`
  const org = random(5) === 0 ? `org:            ORG-EX${random(ORGANISATIONS)}-RIPE\n` : ''
  const more = random(8) === 0 ? `                ${pick(WORDS, random)} continued\n` : `descr:          Street ${random(300)}, Town\n`
  const status = random(10) === 0 ? 'ALLOCATED PA' : 'ASSIGNED PA'
  return `inetnum:        ${quad(first)} - ${quad(first + 15)}\nnetname:        EXAMPLE-NET-${index}\ndescr:          ${company(random)}\n${more}country:        ${pick(COUNTRIES, random)}\n${org}${KEEPERS}status:         ${status} # made\n${TRAILER}`
}

/** Numerical Recipes' linear congruential generator; good enough to vary words. */
function seeded(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

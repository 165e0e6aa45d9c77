/**
 * What operators do with all of the admin: every route that reads and writes, every form of every page, tokens,
 * invitations and Cloudflare Access, mistakes with an address in them, and a database that fails and echoes. They come
 * from addresses that are canaries too.
 */
import * as z from 'zod'
import type { AccessTeam } from './access.ts'
import { API_DOCUMENT, BEARER, fetching, LOG_IN, sendingForm } from './admin-paths.ts'
import type { Surface } from './admin-surface.ts'
import { type ApiDocument, apiCall, apiReads } from './api-calls.ts'
import type { Answer } from './client.ts'
import { DEEDS, DESK_SAMPLES, type Deed, ENDINGS, MISTAKES, UNDOINGS } from './desk-deeds.ts'
import { formsOf, linksOf, type PageForm } from './page-forms.ts'
import { event, type Path } from './paths.ts'
import type { Session } from './session.ts'
import { DESK } from './sites.ts'
import { alsoCookie, SELF } from './visitor.ts'

type Samples = Readonly<Record<string, string>>
type Headers = Readonly<Record<string, string>>

/** A company comes to the desk's site, so that there is something to tag, to note and to erase. */
const VISITS: Path = {
  name: 'visits to the desk',
  from: 'listed',
  share: 1,
  status: 204,
  leaves: 'nothing',
  request: (_address, turn) => event(DESK, { k: 'view', p: turn % 2 === 0 ? '/produkte' : '/preise' }),
}

export async function workAtDesk(session: Session, team: AccessTeam, surface: Surface): Promise<void> {
  await session.take([VISITS], 8)
  const document: ApiDocument = JSON.parse((await session.ask(API_DOCUMENT)).body.toString('utf8'))
  const samples = await workByApi(session, document)
  await workWithAccess(session, team, document)
  await mistake(session, document)
  await session.takeEach([...whileBroken(document, samples), ...pagesWhileBroken(surface)], 2)
  for (const deed of ENDINGS) {
    await session.ask(callOf(document, deed, { ...samples, ...deed.of }))
    await session.take([VISITS], 4)
  }
  await workByForms(session, surface)
  await session.cron()
}

/** All that the API can do, and all it can be asked. */
async function workByApi(session: Session, document: ApiDocument): Promise<Samples> {
  let samples: Samples = DESK_SAMPLES
  for (const deed of DEEDS) {
    const { body } = await session.ask(callOf(document, deed, samples))
    if (deed.learns !== undefined) samples = { ...samples, [deed.learns[0]]: at(JSON.parse(body.toString('utf8')), deed.learns[1]) }
  }
  await session.takeEach(apiReads(document, { headers: BEARER, samples }), 2)
  await acceptInvitation(session, new URL(samples.invitation ?? ''))
  for (const deed of UNDOINGS) await session.ask(callOf(document, deed, samples))
  return samples
}

const callOf = (document: ApiDocument, { id, body }: Deed, samples: Samples, headers: Headers = BEARER): Path =>
  apiCall(document, id, { headers, samples }, body)

/** @throws Error where an answer does not hold what it should. */
function at(answer: unknown, place: readonly string[]): string {
  const [first, ...rest] = place
  if (first === undefined) return z.string().parse(answer)
  return at(z.record(z.string(), z.unknown()).parse(answer)[first], rest)
}

async function acceptInvitation(session: Session, { pathname, search, searchParams }: URL): Promise<void> {
  await session.ask(fetching('invitation', 200, `${pathname}${search}`, {}))
  const code = new URLSearchParams({ code: searchParams.get('code') ?? '' }).toString()
  await session.ask(sendingForm('invitation accepted', 303, pathname, code))
  await session.ask(sendingForm('invitation accepted twice', 410, pathname, code))
}

/** Signed in by Cloudflare Access: its keys are fetched, once, and a change is accepted from our own pages only. */
async function workWithAccess(session: Session, team: AccessTeam, document: ApiDocument): Promise<void> {
  const known = await team.vouch()
  const deed = (headers: Headers, status: number): Path => ({
    ...callOf(document, { id: 'saveSegment', body: { name: 'Access', filter: {} } }, DESK_SAMPLES, headers),
    name: `admin API by Access: a change, ${status}`,
    status,
  })
  const forged = { 'Cf-Access-Jwt-Assertion': `${known['Cf-Access-Jwt-Assertion']?.slice(0, -6)}AAAAAA` }
  await session.takeEach(
    [
      fetching('who by Access', 200, '/admin/api/me', known),
      fetching('page by Access', 200, `/admin?site=${DESK_SAMPLES.site}`, known),
      fetching('audit by Access', 200, '/admin/api/audit', known),
      deed({ ...known, Origin: SELF }, 200),
      deed({ ...known, Origin: 'https://elsewhere.example' }, 403),
      fetching('nobody by Access', 401, '/admin/api/me', await team.vouch('nobody')),
      fetching('forged Access', 401, '/admin/api/me', forged),
      { ...fetching('who by Access, D1 broken', 200, '/admin/api/me', known), fault: 'd1-echoes' },
    ],
    2,
  )
}

/** Forms that end what others need go later, each group in a round of its own; the last one that fits counts. */
const ENDS = / (?:erase|notThem|neverShow)$/
const LATER = [/ (?:remove|revoke|lift|signOut)\w*$/, ENDS, / unhide$/, /^\/admin\/sites\/.* erase$/]
const roundOf = (which: string): number => LATER.findLastIndex((later) => later.test(which)) + 1

/** Asks for every page and for those it leads to, and sends every form of theirs. */
async function workByForms(session: Session, { pages }: Surface): Promise<void> {
  for (let round = 0; round <= LATER.length; round++) {
    let cookie = await logIn(session)
    const asked = new Set<string>()
    const sent = new Set<string>()
    const look = async (page: string): Promise<readonly string[]> => {
      asked.add(shapeOf(page))
      const { body } = await session.ask({ ...fetching(`page ${shapeOf(page)}`, 200, page, cookie), answers: [200, 303, 404] })
      const html = body.toString('utf8')
      for (const form of formsOf(html)) {
        const which = `${pathOf(page)} ${form.name}`
        if (roundOf(which) !== round || sent.has(which)) continue
        if ((await submit(session, which, page, form, cookie)).status < 400) sent.add(which)
        // What the form ended is there again for the next.
        if (ENDS.test(which)) await session.take([VISITS], 4)
        // The browser that was signed out may be this one.
        if (form.name === 'signOut') cookie = await logIn(session)
      }
      return linksOf(html)
    }
    for (const page of pages)
      for (const link of await look(addressOf(page))) if (isPage(link) && !asked.has(shapeOf(link))) await look(link)
  }
}

async function logIn(session: Session): Promise<Headers> {
  const { head } = await session.ask(LOG_IN)
  return alsoCookie(/^set-cookie: ([^;]+)/im.exec(head.toString('latin1'))?.[1] ?? '')
}

const pathOf = (address: string): string => address.replace(/[?#].*$/, '')
/** Addresses that differ only in their values are one. */
const shapeOf = (address: string): string => `${pathOf(address)} ${[...new URL(address, 'http://x').searchParams.keys()].sort().join(' ')}`

/** A page of the desk's own site. The API is asked by its own list, the door by its own paths. */
const isPage = (address: string): boolean =>
  [null, SAMPLES.site].includes(new URL(address, 'http://x').searchParams.get('site')) &&
  /^\/admin(?:[/?]|$)/.test(address) &&
  !/^\/admin\/(?:api|login|logout|invitation)\b/.test(address)

const SAMPLES: Samples = DESK_SAMPLES
const addressOf = (pattern: string): string =>
  `${pattern.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(SAMPLES[name] ?? 'proof'))}?site=${SAMPLES.site}`

/** A form that was accepted leads on (303) or shows its answer (200); one that was refused is not taken, and is named. */
function submit(session: Session, which: string, page: string, { action, body }: PageForm, cookie: Headers): Promise<Answer> {
  const path = sendingForm(`form ${which}`, 303, action === '' ? page : action, body, cookie)
  return session.ask({ ...path, answers: [200, 303, 400, 404, 409, 422] })
}

/** Addresses where they do not belong. */
const mistake = (session: Session, document: ApiDocument): Promise<void> =>
  session.takeEach(
    MISTAKES.map(({ id, status, body }, index): Path => {
      const call = apiCall(document, id, { headers: BEARER, samples: DESK_SAMPLES }, {})
      return {
        ...call,
        name: `admin mistake ${index + 1}: ${id}`,
        status,
        request: (address, turn) => ({ ...call.request(address, turn), body: body(address) }),
      }
    }),
    2,
  )

/** Every page and a form of each, while the database fails; a bearer needs no database to be let in. */
const pagesWhileBroken = ({ pages }: Surface): readonly Path[] =>
  pages.map(addressOf).flatMap((page) => [
    { ...fetching(`page ${page}, D1 broken`, 500, page, BEARER), fault: 'd1-echoes' },
    { ...sendingForm(`form of ${page}, D1 broken`, 500, page, 'form=save', BEARER), fault: 'd1-echoes' },
  ])

/** Everything that writes, while the database fails and repeats what the request carried. */
const whileBroken = (document: ApiDocument, samples: Samples): readonly Path[] =>
  [...new Map([...DEEDS, ...UNDOINGS, ...ENDINGS].map((deed) => [deed.id, deed])).values()].map((deed) => ({
    ...callOf(document, deed, { ...samples, ...deed.of }),
    name: `admin API, D1 broken: ${deed.id}`,
    status: 500,
    fault: 'd1-echoes',
  }))

/**
 * P1: an objection leaves no trace. This reads headers and nothing else, before any binding is touched.
 *
 * Any one signal objects and none can take an objection back; `DNT: 0` and its like are no consent, they are nothing.
 * Fields sent several times arrive joined by commas, so every member is looked at.
 */
export type Objection = 'opt-out' | 'dnt' | 'gpc'

/** The visitor's objection, in the order in which a reason is named; null where there is none. */
export function readObjection(headers: Headers): Objection | null {
  if (optOutCookie(headers.get('cookie')) || hasMember(headers.get('x-opt-out'), isOne)) return 'opt-out'
  if (hasMember(headers.get('dnt'), beginsWithOne) || hasMember(headers.get('x-do-not-track'), isOne)) return 'dnt'
  if (hasMember(headers.get('sec-gpc'), isOne)) return 'gpc'
  return null
}

/** The cookie Doorplate sets on request, and the plain name other tools use for the same wish. */
function optOutCookie(cookie: string | null): boolean {
  return cookie?.split(/[;,]/).some((pair) => /^(?:doorplate_optout|optout)=1$/.test(pair.trim())) ?? false
}

function hasMember(field: string | null, objects: (member: string) => boolean): boolean {
  return field?.split(',').some((member) => objects(member.trim())) ?? false
}

const isOne = (member: string): boolean => member === '1'

/** W3C Tracking Preference Expression 5.2: the field value is `1` followed by optional extensions. */
const beginsWithOne = (member: string): boolean => member.startsWith('1')

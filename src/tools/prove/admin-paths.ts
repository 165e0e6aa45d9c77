/**
 * What operators do. Their own address is not for keeping either, and an answer must never show a visitor's.
 */

import type { Asking } from './api-calls.ts'
import type { Role } from './canaries.ts'
import type { Path } from './paths.ts'
import { ADMIN_TOKEN } from './runtime.ts'
import { alsoCookie, SELF } from './visitor.ts'

const SITE = 'prove-shop'
export const BEARER = { Authorization: `Bearer ${ADMIN_TOKEN}` }

const get = (
  name: string,
  status: number,
  path: string | ((address: string) => string),
  headers: Readonly<Record<string, string>> = BEARER,
): Path => ({
  name: `admin: ${name}`,
  from: 'operator',
  share: 1,
  status,
  leaves: 'nothing',
  request: (address) => ({ method: 'GET', path: typeof path === 'string' ? path : path(address), headers }),
})

/** One GET of somebody signed in so. */
export const fetching = get

/** A form as a browser sends it from one of our own pages. */
export const sendingForm = (
  name: string,
  status: number,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Path => ({
  ...get(name, status, path),
  request: () => ({
    method: 'POST',
    path,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: SELF, ...headers },
    body,
  }),
})

const login = (name: string, status: number, token: string): Path =>
  sendingForm(name, status, '/admin/login', `token=${encodeURIComponent(token)}`)

/** An address that an operator types into *Look up an address*, of whomever: on the page, and through the API. */
const lookUps = (name: string, from: Role, typed: (address: string) => string, status: number): readonly Path[] => [
  {
    ...get(`look-up of ${name}`, status, ''),
    from,
    request: (address) => ({
      method: 'POST',
      path: `/admin/ranges?site=${SITE}`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: SELF, ...BEARER },
      body: `form=lookUp&address=${encodeURIComponent(typed(address))}`,
    }),
  },
  {
    ...get(`look-up by the API of ${name}`, status, ''),
    from,
    request: (address) => ({
      method: 'POST',
      path: `/admin/api/ranges/look-up?site=${SITE}`,
      headers: { ...BEARER, 'Content-Type': 'application/json' },
      body: JSON.stringify({ address: typed(address) }),
    }),
  },
]

const COMPANY = encodeURIComponent('dom:kanarienwerke.example')

export const LOG_IN = login('log-in', 303, ADMIN_TOKEN)

export const ADMIN: readonly Path[] = [
  get('sites', 200, '/admin/api/sites'),
  get('companies', 200, `/admin/api/companies?site=${SITE}`),
  get('company', 200, `/admin/api/companies/${COMPANY}?site=${SITE}`),
  get('totals', 200, `/admin/api/totals?site=${SITE}`),
  get('home page', 200, `/admin?site=${SITE}`),
  get('company page', 200, `/admin/companies/${COMPANY}?site=${SITE}`),
  get('rules page', 200, `/admin/rules?site=${SITE}`),
  get('range table page', 200, `/admin/ranges?site=${SITE}`),
  get('privacy page', 200, `/admin/privacy?site=${SITE}`),
  get('papers page', 200, `/admin/privacy/papers?site=${SITE}`),
  get('objections page', 200, `/admin/privacy/objections?site=${SITE}`),
  get('audit page', 200, `/admin/privacy/audit?site=${SITE}`),
  get('tokens page', 200, `/admin/tokens?site=${SITE}`),
  ...lookUps('one’s own address', 'operator', (address) => address, 200),
  ...lookUps('a listed address', 'listed', (address) => address, 200),
  ...lookUps('an unlisted address', 'unlisted', (address) => address, 200),
  ...lookUps('an assigned address', 'assigned', (address) => ` ${address} `, 200),
  ...lookUps('no address', 'operator', (address) => `${address}/33`, 400),
  get('log-in page', 200, '/admin/login', {}),
  LOG_IN,
  login('log-in with a wrong token', 401, 'dp_wrong'),
  get('wrong token', 401, '/admin/api/sites', { Authorization: 'Bearer dp_wrong' }),
  get('no token', 401, '/admin/api/sites', {}),
  get('page without a token', 303, '/admin', {}),
  get('no such site', 404, '/admin/api/companies?site=nobody'),
  get('no such company', 404, `/admin/api/companies/dom%3Anobody.example?site=${SITE}`),
  get('no such path', 404, '/admin/api/nothing'),
  get('wrong period', 400, `/admin/api/companies?site=${SITE}&from=yesterday`),
]

/** Where the API says what it answers. */
export const API_DOCUMENT = get('API document', 200, '/admin/api/openapi.json')

/** How the API is asked, and what about. */
export const ASKING: Asking = { headers: BEARER, samples: { site: SITE, id: SITE, key: decodeURIComponent(COMPANY) } }

/** What a browser does once it is signed in. @param cookie as the log-in set it. */
export const signedInPaths = (cookie: string): readonly Path[] => {
  const headers = alsoCookie(cookie)
  return [
    get('home page, signed in', 200, `/admin?site=${SITE}`, headers),
    get('company page, signed in', 200, `/admin/companies/${COMPANY}?site=${SITE}`, headers),
    get('sites, signed in', 200, '/admin/api/sites', headers),
    sendingForm('signing out', 303, '/admin/logout', '', headers),
  ]
}

/** Where an operator types an address into a URL: the answer must not repeat it. Not sent where URLs are recorded. */
export const ADMIN_MISTAKES: readonly Path[] = [
  get('address as site', 404, (address) => `/admin/api/companies?site=${encodeURIComponent(address)}`),
  get('address as company', 400, (address) => `/admin/api/companies/${encodeURIComponent(address)}?site=${SITE}`),
  get('address as period', 400, (address) => `/admin/api/companies?site=${SITE}&from=${encodeURIComponent(address)}`),
  get('address as path', 404, (address) => `/admin/api/${encodeURIComponent(address)}`),
  get('address as page', 404, (address) => `/admin/${encodeURIComponent(address)}`),
]

const brokenAdmin = (path: Path): Path => ({
  ...path,
  name: path.name.replace('admin:', 'admin, D1 broken:'),
  status: 500,
  fault: 'd1-echoes',
})

/** The same with a database that echoes everything it was given. */
export const ADMIN_FAULTS: readonly Path[] = ADMIN.filter(({ status, name }) => status === 200 && name !== 'admin: log-in page').map(
  brokenAdmin,
)

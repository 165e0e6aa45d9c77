/**
 * Everything an operator can do by the API, in an order in which each works: made before it is changed, removed last.
 * A route that writes and is not in here fails the proof, which names it (see `admin-surface.ts`).
 */
import { CANARIES } from './canaries.ts'
import { siteDraft } from './sites.ts'

export interface Deed {
  /** Operation of the API. */
  readonly id: string
  readonly body?: unknown
  /** Samples that are others than usual. */
  readonly of?: Readonly<Record<string, string>>
  /** Name of a sample, and where the answer holds it: what later deeds need. */
  readonly learns?: readonly [sample: string, place: readonly string[]]
}

/** What a page of the site's says when it is fetched. */
export const CHECKED_PAGE = 'https://desk.canary.example/'
export const CHECKED_HTML = '<!doctype html><title>Desk</title><script defer src="https://t.desk.canary.example/d.js"></script>'

export const DESK_SITE = 'prove-desk'
export const DESK_COMPANY = 'dom:kanarienwerke.example'

/** Samples that are known beforehand; `id` is the site of the path. */
export const DESK_SAMPLES = {
  site: DESK_SITE,
  id: DESK_SITE,
  key: DESK_COMPANY,
  tag: 'Kunde',
  segment: 'pumpen',
} as const

const { id: _id, ...DESK_DRAFT } = siteDraft('desk', 'legitimate-interest')
const RANGE = '198.51.96.0/20'
const BEARER = { name: 'Probe', role: 'viewer', sites: [DESK_SITE] } as const

/** Whom the range table and the rules know: an operator looks every canary up, and the answer must not repeat it. */
const LOOK_UPS: readonly Deed[] = CANARIES.map(({ address }) => ({ id: 'lookUpAddress', body: { address } }))

export const DEEDS: readonly Deed[] = [
  { id: 'createSite', body: { ...siteDraft('made', 'consent') } },
  { id: 'changeSite', body: { ...DESK_DRAFT, name: 'Proof desk, changed' } },
  { id: 'explainMyVisit', body: { consent: true } },
  { id: 'checkInstallation', body: { html: CHECKED_HTML } },
  { id: 'checkInstallation', body: { url: CHECKED_PAGE } },
  ...LOOK_UPS,
  { id: 'putTag' },
  { id: 'addNote', body: { text: 'Wants pumps.' }, learns: ['note', ['note', 'id']] },
  { id: 'saveSegment', body: { name: 'Pumps', filter: { path: '/produkte/*' } } },
  { id: 'saveRule', body: { range: RANGE, action: 'block', why: 'Branch' } },
  { id: 'saveObjection', body: { company: 'widerspruch.example', why: 'By letter' } },
  { id: 'createToken', body: { ...BEARER, days: 30 }, learns: ['token', ['id']] },
  { id: 'invite', body: BEARER, learns: ['invitation', ['url']] },
]

/** Afterwards: each removes what one above made. */
export const UNDOINGS: readonly Deed[] = [
  { id: 'watchCanary' },
  { id: 'buryCanary' },
  { id: 'signOutBrowsers' },
  { id: 'revokeToken' },
  { id: 'removeTag' },
  { id: 'removeNote' },
  { id: 'removeSegment' },
  { id: 'removeRule', body: { range: RANGE } },
]

/** What cannot be undone; the company is seen anew after each. */
export const ENDINGS: readonly Deed[] = [
  { id: 'liftObjection', of: { key: 'dom:widerspruch.example' } },
  { id: 'eraseCompany' },
  { id: 'hideCompany', body: { why: 'unwanted' } },
  { id: 'unhideCompany', body: { key: DESK_COMPANY } },
  { id: 'deleteSite', of: { id: 'prove-made' } },
]

/** Bodies that do not fit and hold an address: the refusal must not repeat it, nor may anything be kept of it. */
export const MISTAKES: readonly { readonly id: string; readonly status: number; readonly body: (address: string) => string }[] = [
  { id: 'lookUpAddress', status: 400, body: (address) => JSON.stringify({ address: `${address}x` }) },
  { id: 'lookUpAddress', status: 400, body: (address) => JSON.stringify({ [address]: address }) },
  { id: 'lookUpAddress', status: 400, body: (address) => `{"address":"${address}"` },
  { id: 'lookUpAddress', status: 400, body: (address) => JSON.stringify([address]) },
  { id: 'lookUpAddress', status: 413, body: (address) => JSON.stringify({ address: `${address} `.repeat(8000) }) },
  { id: 'saveRule', status: 400, body: (address) => JSON.stringify({ range: `${address}/129`, action: 'block' }) },
  { id: 'saveRule', status: 400, body: (address) => JSON.stringify({ range: `${address} - ::1`, action: 'block' }) },
  { id: 'removeRule', status: 404, body: (address) => JSON.stringify({ range: address }) },
  { id: 'saveObjection', status: 400, body: (address) => JSON.stringify({ company: `https://${address}/`, why: 'x' }) },
  {
    id: 'checkInstallation',
    status: 400,
    body: (address) => JSON.stringify({ url: `https://${address.includes(':') ? `[${address}]` : address}/` }),
  },
  { id: 'createSite', status: 400, body: (address) => JSON.stringify({ id: address }) },
  { id: 'saveSegment', status: 400, body: (address) => JSON.stringify({ name: 'x', filter: { path: address } }) },
]

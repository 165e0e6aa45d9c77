/** What an operator asks of a site in thirty days, one question for each query of the API, and how many rows each may read. */
export interface Question {
  readonly name: string
  readonly path: string
  /** Rows it may read at most; null: no promise is made. */
  readonly most: number | null
  /** A file, read by query after query while it is received. */
  readonly streamed?: true
}

export interface Asked {
  readonly site: string
  readonly from: string
  readonly to: string
  /** Rows of company_day in these days. */
  readonly companyDays: number
  /** Key of the site's busiest company. */
  readonly busiest: string
}

/** A company's page, for the busiest company too. */
export const COMPANY_PAGE_ROWS = 2_000
/** A company on a page of a list: its place, its row, its last day, the order. Plus the site and its hosts. */
const ROWS_A_COMPANY = 4
const SITE_ROWS = 3
const PAGE = 50

const EXPORTS = ['companies', 'totals', 'audit']
const SORTS = ['lastSeen', 'score', 'visits', 'pages', 'views']
const FILTERS = [
  'country=DE',
  'industry=Banking',
  'size=201-500',
  'kind=business',
  'tag=lead',
  'q=firm%20of%20nobody',
  'q=1234',
  'source=source-03.example',
  'minScore=60',
  // What nothing fits: nobody's country, tag, source and score.
  'country=JP',
  'tag=nobody',
  'source=nowhere.example',
  'minScore=100&sort=score',
  'country=DE&industry=Banking&source=source-03.example&minScore=30&sort=score',
]
/** One that everybody reads, a whole section, one that is rarely read. */
const PATHS = ['/pricing', '/docs/*', '/docs/topic-49']
/** What nobody ever read; what many read, of companies that are none. */
const UNREAD = ['path=/nowhere', 'path=/nowhere/*', 'path=/pricing&country=JP', 'path=/pricing&minScore=100']

export function questions({ site, from, to, companyDays, busiest }: Asked): Question[] {
  const api = (path: string, query = '') => `/admin/api${path}?site=${site}&from=${from}&to=${to}${query === '' ? '' : `&${query}`}`
  const list = (query: string, daily = 0): Question => ({
    name: `companies ${query}`,
    path: api('/companies', query),
    // On a single day every company-day is a company, and what is shown comes on top.
    most: 3 * companyDays + (from === to ? ROWS_A_COMPANY * PAGE + SITE_ROWS : 0) + daily,
  })
  const company = `/companies/${busiest}`
  return [
    ...SORTS.map((sort) => list(`sort=${sort}`)),
    ...FILTERS.map((filter) => list(filter)),
    // Every day of each company shown, and the two lists of them.
    list('daily=true', 33 * PAGE + 31),
    ...PATHS.map((path) => ({ ...list(`path=${path}`), most: null })),
    ...UNREAD.map((filter) => list(filter)),
    list('limit=200', 4 * 200),
    { name: 'company', path: `/admin/api${company}?site=${site}`, most: COMPANY_PAGE_ROWS },
    { name: 'company, visits', path: api(`${company}/visits`), most: COMPANY_PAGE_ROWS },
    { name: 'company, journey', path: api(`${company}/journey`), most: COMPANY_PAGE_ROWS },
    { name: 'company, notes', path: `/admin/api${company}/notes?site=${site}`, most: COMPANY_PAGE_ROWS },
    { name: 'totals', path: api('/totals'), most: null },
    { name: 'coverage', path: api('/coverage'), most: null },
    { name: 'sites', path: '/admin/api/sites', most: null },
    { name: 'tags', path: `/admin/api/tags?site=${site}`, most: null },
    { name: 'audit', path: `/admin/api/audit?of=${site}`, most: null },
    ...EXPORTS.map((wanted) => ({
      name: `export of ${wanted}`,
      path: api('/export.csv', `list=${wanted}`),
      most: null,
      streamed: true as const,
    })),
    { name: 'export of a company’s visits', path: api('/export.csv', `list=visits&key=${busiest}`), most: null, streamed: true },
  ]
}

// What the admin serves, out of its own router and its own list of pages, for the proof to compare with what it asked.
import { openAdmin } from '../../../admin/app.tsx'
import { PAGES } from '../../../admin/pages/list.ts'

const page = (path) => `/admin${path === '/' ? '' : path}`
const posted = new Set(PAGES.map(({ path }) => page(path)))

export const pages = PAGES.map(({ path }) => page(path))
export const forms = PAGES.flatMap(({ path, formNames }) => formNames.map((form) => ({ path: page(path), form })))
// What is posted to a page is one of its forms.
export const routes = openAdmin({})
  .routes.map(({ method, path }) => ({ method, path: path === '/admin/' ? '/admin' : path }))
  .filter(({ method, path }) => method !== 'ALL' && !(method === 'POST' && posted.has(path)))

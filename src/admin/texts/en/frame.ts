import type { Role } from '../../../ledger/desk/tokens.ts'
import type { Nav } from '../../pages/page.tsx'

/** What stands on every page, and what is said where there is no page. */
export const frame = {
  skip: 'Skip to content',
  pages: 'Pages',
  site: 'Site',
  signOut: 'Sign out',
  nav: {
    companies: 'Companies',
    traffic: 'Pages and sources',
    sites: 'Sites',
    rules: 'Rules',
    ranges: 'Range table',
    privacy: 'Privacy',
    tokens: 'Tokens',
  } satisfies Record<Nav, string>,
  roles: { viewer: 'viewer', analyst: 'analyst', owner: 'owner' } satisfies Record<Role, string>,
  promise:
    'Companies, never persons: hourly counters of organisations and anonymous daily counts. Colleagues of one company merge; where one person came alone, the rows describe that person’s walk.',
  toCompanies: 'To the companies',
  nothingHere: { title: 'Nothing here', text: 'There is no page at this address.' },
  noSite: { title: 'No site yet', text: 'There is no site yet. `npm start` makes a demo site; `npm run sites` adds your own.' },
  noSuchSite: { title: 'Not found', text: 'There is no such site, or it is not among yours.' },
  broken: { title: 'Something broke', text: 'The ledger did not answer. Try again; have the migrations run?' },
  foreignForm: { title: 'Not accepted', text: 'This form was sent from another site. Open the page here and send it again.' },
  notAForm: { title: 'Not accepted', text: 'What was sent is no form of this page, or it is too large.' },
  roleTooSmall: (role: string) => ({ title: 'Not for this role', text: `This page needs the role ${role}. Ask an owner for it.` }),
  refusals: {
    role: 'Your role may not do this.',
    gone: 'This is no longer there.',
    conflict: 'That does not go together with what is there.',
    field: 'Please correct this and send it again.',
  },
  keys: {
    title: 'Keys',
    '/': 'Search',
    j: 'Next company',
    k: 'Previous company',
    Enter: 'Open it',
    '?': 'Show these keys',
    close: 'Close',
  },
}

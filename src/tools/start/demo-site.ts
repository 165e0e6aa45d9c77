/**
 * The demo website as Doorplate's operator would enter it: its host, its basis with the recorded balancing test, the
 * kinds of company it shows (universities too) and the names it may keep.
 */

import { SITE_DEFAULTS } from '../../ledger/settings.ts'
import type { SiteDraft } from '../../ledger/sites.ts'
import type { SiteId } from '../../words.ts'

export const DEMO_SITE = 'demo' as SiteId

/** @param port of the demo website; its pages and Doorplate's paths share one host, as on a custom domain. */
export function demoSite(port: number): SiteDraft {
  const host = `localhost:${port}`
  return {
    id: DEMO_SITE,
    name: 'Pellworth Instruments (demo)',
    basis: 'legitimate-interest',
    timeZone: 'Europe/Berlin',
    settings: {
      kinds: [...SITE_DEFAULTS.kinds, 'education'],
      hot: ['/pricing', '/contact'],
      names: ['pellworth-*.pdf', 'contact', 'faq-*', 'en.wikipedia.org', 'globalprivacycontrol.org'],
      balancing: {
        confirmedBy: 'npm start, for the demo website: invented visitors of an invented company on this machine',
        date: '2026-11-01',
        reviewBy: '2027-11-01',
      },
      parties: {
        controller: 'Pellworth Instruments GmbH (an invented company), Am Pegel 4, 00000 Wellinghafen',
        contact: 'privacy@pellworth.example',
        dataProtectionOfficer: 'none',
        authority: 'the data protection authority of an invented state',
        policy: `http://${host}/privacy`,
      },
    },
    pageHosts: [host],
    endpointHosts: [host],
  }
}

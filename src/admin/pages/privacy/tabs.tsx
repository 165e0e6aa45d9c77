import type { AnyAt } from '../page.tsx'

/** The parts of the privacy pages; what the reader's role does not see is not there. */
const PARTS = [
  { part: 'overview', path: '/privacy', role: 'viewer' },
  { part: 'papers', path: '/privacy/papers', role: 'viewer' },
  { part: 'objections', path: '/privacy/objections', role: 'owner' },
  { part: 'audit', path: '/privacy/audit', role: 'owner' },
] as const

export function Tabs({ at, part }: { readonly at: AnyAt; readonly part: (typeof PARTS)[number]['part'] }) {
  return (
    <nav class="tabs no-print" aria-label={at.t.privacy.title}>
      <ul>
        {PARTS.filter(({ role }) => at.may(role)).map((each) => (
          <li>
            <a href={at.to(each.path)} aria-current={each.part === part ? 'true' : undefined}>
              {at.t.privacy.tabs[each.part]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

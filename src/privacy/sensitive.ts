/**
 * Sensitive paths: pages whose visit says something about a person (looking for another job, being ill, complaining).
 * There the address is not read at all and the visit is only counted.
 *
 * Matched per path segment, so that `/blog/karriereplanung-2026` is not sensitive while `/de/karriere/jobs` is.
 */
const DEFAULT_SEGMENTS: ReadonlySet<string> = new Set([
  // careers and applications
  ...['career', 'careers', 'jobs', 'job', 'vacancies', 'apply', 'application', 'applications', 'recruiting', 'join-us', 'work-with-us'],
  ...['karriere', 'stellen', 'stellenangebote', 'stellenanzeigen', 'bewerbung', 'bewerben', 'ausbildung', 'praktikum', 'jobboerse'],
  // whistle-blowing and complaints
  ...['whistleblowing', 'whistleblower', 'speak-up', 'ethics-line', 'complaint', 'complaints', 'compliance-hotline'],
  ...['hinweisgeber', 'hinweisgebersystem', 'meldestelle', 'beschwerde', 'beschwerden', 'ombudsstelle'],
  // works council
  ...['works-council', 'betriebsrat', 'personalrat', 'mitarbeitervertretung', 'schwerbehindertenvertretung', 'union', 'gewerkschaft'],
  // health, pregnancy and debt counselling
  ...['health', 'pregnancy', 'counselling', 'counseling', 'debt-advice', 'addiction', 'mental-health', 'abortion'],
  ...[
    'gesundheit',
    'schwangerschaft',
    'schwangerschaftsberatung',
    'schuldnerberatung',
    'suchtberatung',
    'krisenberatung',
    'beratungsstelle',
  ],
  // log-in and account
  ...['login', 'log-in', 'signin', 'sign-in', 'account', 'my-account', 'profile', 'password', 'register', 'signup', 'sign-up'],
  ...['anmelden', 'anmeldung', 'konto', 'mein-konto', 'profil', 'passwort', 'registrieren', 'registrierung'],
  // cancellation and unsubscribing
  ...['cancel', 'cancellation', 'unsubscribe', 'terminate'],
  ...['kuendigung', 'kündigung', 'kuendigen', 'kündigen', 'abmelden', 'abmeldung', 'abbestellen', 'widerruf'],
  // imprint
  ...['imprint', 'legal-notice', 'impressum'],
])

/** A visitor who reads how to object must not be counted as a company for it; an operator cannot remove these. */
const ALWAYS_SEGMENTS: ReadonlySet<string> = new Set([
  ...['privacy', 'privacy-policy', 'data-protection', 'opt-out', 'optout', 'do-not-track', 'cookies', 'cookie-policy'],
  ...['datenschutz', 'datenschutzerklaerung', 'datenschutzerklärung', 'datenschutzhinweise', 'widerspruch'],
])

/** Every segment that is sensitive on every site. */
export const SENSITIVE_SEGMENTS: readonly string[] = [...DEFAULT_SEGMENTS, ...ALWAYS_SEGMENTS]

/**
 * Whether a redacted path is sensitive.
 * @param extra further segments of the site, lower case.
 */
export function isSensitive(path: string, extra: readonly string[]): boolean {
  return path
    .toLowerCase()
    .split('/')
    .map((segment) => segment.replace(/\.[a-z]{1,5}$/, ''))
    .some((segment) => ALWAYS_SEGMENTS.has(segment) || DEFAULT_SEGMENTS.has(segment) || extra.includes(segment))
}

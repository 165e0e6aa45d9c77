import type { Language } from './language.ts'

/**
 * The ten promises, in both languages (P10): docs/privacy.md and the Privacy page are made from this list. Each id is
 * named by the tests that hold it; a test fails on a promise without a test and on a test without a promise.
 */
export interface Promised {
  readonly id: `P${number}`
  readonly title: Readonly<Record<Language, string>>
  readonly says: Readonly<Record<Language, string>>
  /** Where to look: folders of tests, files, commands. */
  readonly provedBy: readonly string[]
}

export const PROMISES: readonly Promised[] = [
  {
    id: 'P1',
    title: { en: 'An objection leaves no trace.', de: 'Ein Widerspruch hinterlässt keine Spur.' },
    says: {
      en: 'With the opt-out cookie, `X-Opt-Out`, `DNT`, `X-Do-Not-Track`, `Sec-GPC`, a refusal (`"ok":0`), or without consent on a site with basis `consent`, the address is not read, nothing is looked up, nothing is written because of it: no row, no log line, no count. The reply is the same as any other.',
      de: 'Bei Widerspruchs-Cookie, `X-Opt-Out`, `DNT`, `X-Do-Not-Track`, `Sec-GPC`, einer Ablehnung (`"ok":0`) oder fehlender Einwilligung auf einer Website mit Grundlage `consent` wird die Adresse nicht gelesen, nichts nachgeschlagen und deswegen nichts geschrieben: keine Zeile, keine Protokollzeile, keine Zahl. Die Antwort gleicht jeder anderen.',
    },
    provedBy: [
      'test/worker/privacy/objection.test.ts',
      'test/worker/privacy/gate.test.ts',
      'test/worker/collect/ingest.test.ts',
      'npm run prove',
    ],
  },
  {
    id: 'P2',
    title: { en: 'The address dies in the request.', de: 'Die Adresse endet mit der Anfrage.' },
    says: {
      en: 'It is never stored, keyed, queued, logged, traced, put into an error or sent out: in no encoding, truncated or not, and no hash of it. Nor are the user agent, `request.cf` beyond the country, Cf-Ray, cookies or accept-language.',
      de: 'Sie wird nie gespeichert, als Schlüssel verwendet, eingereiht, protokolliert, in eine Fehlermeldung gesetzt oder versandt: in keiner Schreibweise, weder gekürzt noch ganz, auch nicht als Prüfwert. Ebenso wenig User-Agent, `request.cf` über das Land hinaus, Cf-Ray, Cookies oder Accept-Language.',
    },
    provedBy: [
      'test/worker/privacy/visitor-address.test.ts',
      'test/worker/privacy/redact.test.ts',
      'test/node/arrows.test.ts',
      'npm run prove',
    ],
  },
  {
    id: 'P3',
    title: { en: 'The ledger is the same whoever you are.', de: 'Die Aufzeichnung ist dieselbe, wer immer Sie sind.' },
    says: {
      en: 'Nothing stored identifies a person, a device or a browser, and nothing recognises one again. No time is finer than the hour, no number grows in order of arrival. Where only one person of a company came, the rows describe that person’s walk.',
      de: 'Nichts Gespeichertes kennzeichnet eine Person, ein Gerät oder einen Browser, und nichts erkennt sie wieder. Keine Zeit ist feiner als die Stunde, keine Nummer wächst mit der Reihenfolge der Ankunft. Kam nur eine Person aus einem Unternehmen, so beschreiben die Zeilen den Gang dieser Person.',
    },
    provedBy: ['test/worker/ledger/exchange.test.ts', 'test/worker/privacy/sensitive.test.ts', 'test/worker/privacy/redact.test.ts'],
  },
  {
    id: 'P4',
    title: { en: 'Only companies on the list.', de: 'Nur Unternehmen auf der Liste.' },
    says: {
      en: 'An address is looked up in an allow-list of organisations; whoever is not on it is nobody. Name and country complete, at least 8 IPv4 addresses or 8 IPv6 /56 networks.',
      de: 'Eine Adresse wird in einer Positivliste von Organisationen nachgeschlagen; wer nicht darauf steht, ist niemand. Name und Land vollständig, mindestens 8 IPv4-Adressen oder 8 IPv6-Netze der Größe /56.',
    },
    provedBy: ['test/node/compile/table.test.ts', 'test/node/compile/curated.test.ts'],
  },
  {
    id: 'P5',
    title: { en: 'Everybody else is only counted.', de: 'Alle anderen werden nur gezählt.' },
    says: {
      en: 'Daily totals, one dimension at a time, never jointly. An event is in the ledger or in the totals, never in both.',
      de: 'Tageszahlen, ein Merkmal für sich, nie mehrere gemeinsam. Ein Ereignis steht entweder in der Aufzeichnung oder in den Tageszahlen, nie in beiden.',
    },
    provedBy: ['test/worker/collect/ingest.test.ts', 'test/worker/ledger/write.test.ts'],
  },
  {
    id: 'P6',
    title: { en: 'Nothing on the device', de: 'Nichts auf dem Gerät' },
    says: { en: 'but the visitor’s own refusal.', de: 'außer der eigenen Ablehnung der besuchenden Person.' },
    provedBy: ['test/worker/collect/visitor-pages.test.ts', 'test/browser/demo.test.ts'],
  },
  {
    id: 'P7',
    title: { en: 'Nothing kept longer than said.', de: 'Nichts länger als angegeben.' },
    says: {
      en: 'Company ledger 90 days, totals 13 months; purged every hour.',
      de: 'Aufzeichnung der Unternehmen 90 Tage, Tageszahlen 13 Monate; gelöscht wird stündlich.',
    },
    provedBy: ['test/worker/ledger/retention.test.ts'],
  },
  {
    id: 'P8',
    title: { en: 'One site’s data stay that site’s.', de: 'Die Daten einer Website bleiben bei ihr.' },
    says: {
      en: 'Companies are rows of a site; no answer combines two sites.',
      de: 'Unternehmen sind Zeilen einer Website; keine Antwort verbindet zwei Websites.',
    },
    provedBy: ['test/worker/ledger/write.test.ts', 'test/worker/admin/admin.test.ts'],
  },
  {
    id: 'P9',
    title: { en: 'Nobody else is told.', de: 'Niemand sonst erfährt etwas.' },
    says: {
      en: 'No outbound request is made while an event is handled.',
      de: 'Während ein Ereignis bearbeitet wird, geht keine Anfrage nach außen.',
    },
    provedBy: ['test/node/arrows.test.ts', 'npm run prove'],
  },
  {
    id: 'P10',
    title: { en: 'Anyone can check.', de: 'Jeder kann nachprüfen.' },
    says: {
      en: '`npm run prove`, a public manifest, a receipt with every company, and a range table whose version is the hash of its content.',
      de: '`npm run prove`, ein öffentliches Manifest, ein Beleg zu jedem Unternehmen und eine Adresstabelle, deren Version der Prüfwert ihres Inhalts ist.',
    },
    provedBy: ['test/worker/privacy/manifest.test.ts', 'test/node/compile/table.test.ts', 'test/node/compile/publish.test.ts'],
  },
]

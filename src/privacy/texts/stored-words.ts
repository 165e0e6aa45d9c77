import type { Language } from '../language.ts'
import type { Keeping, StoredTable } from '../stored.ts'
import type { Facts } from './text.ts'

/**
 * The stored tables in the words of the generated texts. `stored.ts` describes them in English for the manifest; the
 * German purposes are here, and a test names the table whose German is missing.
 */
export const PURPOSE_DE: Readonly<Record<string, string>> = {
  company_activity: 'was jemand aus einem Unternehmen auf der Website tat, je Stunde gezählt',
  company_day: 'Tagessummen daraus, damit Listen wenig lesen müssen',
  companies: 'Stammdaten eines Unternehmens, wie die Adresstabelle sie beim ersten Besuch kannte',
  site_totals: 'Tageszahlen von allem, was keinem Unternehmen zugeordnet wird, ein Merkmal für sich',
  batches: 'Zufallsnummern der zuletzt geschriebenen Zählungen, damit doppelt Eingetroffenes einmal zählt',
  sites: 'die Websites des Betreibers und ihre Einstellungen',
  site_hosts: 'die Adressen der Websites und die, unter denen sie Doorplate erreichen',
  company_objections: 'Unternehmen, die widersprochen haben: sie werden auf keiner Website mehr genannt; nur woran man sie erkennt',
  rules: 'Netze, die der Betreiber sperrt oder einem Unternehmen zuordnet; allein hier stehen Adressbereiche in der Datenbank',
  tags: 'Stichworte, die der Betreiber einem Unternehmen gibt',
  notes: 'was der Betreiber zu einem Unternehmen notiert; das Formular warnt davor, Personen zu nennen',
  segments: 'gespeicherte Filter der Unternehmensliste',
  tokens: 'wer beim Betreiber die Auswertung sehen darf; von einem Zugangsschlüssel nur sein SHA-256-Wert',
  sign_ins: 'angemeldete Browser der Beschäftigten des Betreibers',
  invitations: 'einmalige Einladungslinks für Beschäftigte des Betreibers',
  sign_in_failures: 'wie viele Anmeldungen abgelehnt wurden, damit Raten begrenzt bleibt; nicht, wer es versuchte',
  chores: 'wann die stündlichen Arbeiten zuletzt liefen und ob sie gelangen, damit ein ausgebliebenes Löschen auffällt',
  audit: 'Exporte, Löschungen und Änderungen an Rechtsgrundlage, Aufbewahrung, Regeln und Zugängen: wer, was, wie viele; kein Inhalt',
}

export function purposeOf({ table, purpose }: StoredTable, language: Language): string {
  return language === 'de' ? (PURPOSE_DE[table] ?? purpose) : purpose
}

/** Every way of keeping but the two that a figure states; one without its German does not compile. */
const KEPT_DE: Readonly<Record<Exclude<Keeping, 'ledger' | 'totals'>, string>> = {
  'with the last row of its company': 'mit der letzten Zeile des Unternehmens',
  'until the site is deleted': 'bis die Website gelöscht wird',
  'until the operator removes it': 'bis der Betreiber sie entfernt',
  'until the visit to the admin ends': 'bis zur Abmeldung, höchstens 30 Tage (Eigentümer: 12 Stunden)',
  '15 minutes': '15 Minuten',
  '24 hours': '24 Stunden',
  '13 months': '13 Monate',
}

export function keptFor(table: StoredTable, facts: Facts, language: Language): string {
  if (table.kept === 'ledger') return facts.ledger
  if (table.kept === 'totals') return facts.totals
  return language === 'de' ? KEPT_DE[table.kept] : table.kept
}

const ABOUT = {
  companies: { de: 'Unternehmen', en: 'companies' },
  'anonymous counts': { de: 'anonyme Tageszahlen', en: 'anonymous counts' },
  configuration: { de: 'Einstellungen', en: 'configuration' },
} as const satisfies Record<StoredTable['about'], Record<Language, string>>

/** Rows (what, purpose, how long) of every stored table. */
export function storedRows(facts: Facts, language: Language): string[][] {
  return facts.manifest.stored.map((each) => [
    `\`${each.table}\` (${ABOUT[each.about][language]})`,
    purposeOf(each, language),
    keptFor(each, facts, language),
  ])
}

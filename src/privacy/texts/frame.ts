import { RELEASE } from '../../release.ts'
import type { Language } from '../language.ts'
import { blocks, type Facts } from './text.ts'

/** The head and foot every text carries: what it is, for which site, of which day and version, and what it is not. */
export function framed(title: string, facts: Facts, language: Language, body: string): string {
  const { name, id } = facts.manifest.site
  const head =
    language === 'de'
      ? `Website: ${name} (\`${id}\`) · Stand: ${germanDay(facts.date)} · Doorplate ${RELEASE.version} · **Keine Rechtsberatung**`
      : `Website: ${name} (\`${id}\`) · As of: ${facts.date} · Doorplate ${RELEASE.version} · **Not legal advice**`
  return `${blocks(`# ${title}`, head, body, '---', FOOT[language])}\n`
}

const FOOT = {
  de: `Erzeugt aus dem Datenschutz-Manifest von Doorplate ${RELEASE.version}. Der Text gibt die Einstellungen der Website wieder und ist keine Rechtsberatung; vor der Verwendung prüfen, nach jeder Änderung der Einstellungen neu erzeugen.`,
  en: `Made from the privacy manifest of Doorplate ${RELEASE.version}. The text states the website's settings and is not legal advice; check it before use, and make it again after every change of the settings.`,
} as const

/** `21.11.2026` */
function germanDay(day: string): string {
  return day.split('-').reverse().join('.')
}

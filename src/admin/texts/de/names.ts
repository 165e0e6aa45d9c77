import type { names as en } from '../en/names.ts'

export const names: typeof en = {
  kinds: {
    business: 'Wirtschaft',
    government: 'Öffentliche Verwaltung',
    research: 'Forschung',
    education: 'Bildung',
    nonprofit: 'Gemeinnützig',
    'it-service': 'IT-Dienstleister',
  },
  outcomes: {
    unlisted: 'Netz ohne gelistetes Unternehmen',
    kind: 'Art, die diese Website nicht zeigt',
    'sensitive-path': 'Sensible Seite: Adresse nicht gelesen',
    rule: 'Durch eine Regel ausgeschlossen',
    bot: 'Programm, kein Mensch',
    shed: 'Nicht gezählt: zu viele auf einmal',
  },
  bases: { consent: 'Einwilligung', 'legitimate-interest': 'Berechtigtes Interesse', off: 'Aus' },
  scoreParts: {
    views: 'Seitenaufrufe',
    pages: 'Verschiedene Seiten',
    hot: 'Wichtige Seiten',
    seconds: 'Lesezeit',
    recency: 'Aktualität',
    visits: 'Besuche',
  },
  direct: 'direkt',
  unknown: 'unbekannt',
  other: 'Übrige',
}

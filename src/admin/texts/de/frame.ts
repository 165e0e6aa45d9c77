import type { frame as en } from '../en/frame.ts'

export const frame: typeof en = {
  skip: 'Zum Inhalt',
  pages: 'Seiten',
  site: 'Website',
  signOut: 'Abmelden',
  nav: {
    companies: 'Unternehmen',
    traffic: 'Seiten und Quellen',
    sites: 'Websites',
    rules: 'Regeln',
    ranges: 'Adresstabelle',
    privacy: 'Datenschutz',
    tokens: 'Zugänge',
  },
  roles: { viewer: 'Lesen', analyst: 'Auswerten', owner: 'Verwalten' },
  promise:
    'Unternehmen, niemals Personen: Stundenzähler von Organisationen und anonyme Tageszahlen. Kolleginnen und Kollegen eines Unternehmens verschmelzen; wo eine Person allein kam, beschreiben die Zeilen ihren Weg.',
  toCompanies: 'Zu den Unternehmen',
  nothingHere: { title: 'Hier ist nichts', text: 'Unter dieser Adresse gibt es keine Seite.' },
  noSite: {
    title: 'Noch keine Website',
    text: 'Es ist noch keine Website eingerichtet. `npm start` legt eine Demo an, `npm run sites` Ihre eigene.',
  },
  noSuchSite: { title: 'Nicht gefunden', text: 'Diese Website gibt es nicht, oder sie gehört nicht zu Ihren.' },
  broken: {
    title: 'Da ist etwas schiefgegangen',
    text: 'Die Datenbank hat nicht geantwortet. Versuchen Sie es noch einmal; sind alle Migrationen eingespielt?',
  },
  foreignForm: {
    title: 'Nicht angenommen',
    text: 'Dieses Formular kam von einer anderen Website. Öffnen Sie die Seite hier und senden Sie es noch einmal.',
  },
  notAForm: { title: 'Nicht angenommen', text: 'Das ist kein Formular dieser Seite, oder es ist zu groß.' },
  roleTooSmall: (role) => ({
    title: 'Keine Berechtigung',
    text: `Für diese Seite brauchen Sie die Rolle „${role}“. Wer verwaltet, kann sie Ihnen geben.`,
  }),
  refusals: {
    role: 'Das darf Ihre Rolle nicht.',
    gone: 'Das gibt es nicht mehr.',
    conflict: 'Das passt nicht zu dem, was schon da ist.',
    field: 'Bitte korrigieren Sie die Angabe und senden Sie noch einmal.',
  },
  keys: {
    title: 'Tasten',
    '/': 'Suchen',
    j: 'Nächstes Unternehmen',
    k: 'Vorheriges Unternehmen',
    Enter: 'Öffnen',
    '?': 'Diese Tasten zeigen',
    close: 'Schließen',
  },
}

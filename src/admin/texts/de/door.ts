import type { door as en } from '../en/door.ts'

export const door: typeof en = {
  title: 'Anmelden',
  lead: 'Welche Unternehmen kommen – nicht, wer.',
  token: 'Zugangstoken',
  wrong: 'Dieses Token gilt nicht. Vielleicht ist es abgelaufen oder wurde widerrufen.',
  button: 'Anmelden',
  where:
    'Das Token eines lokalen Doorplate gibt `npm start` aus. Im Betrieb ist es das, das Sie beim Einrichten erzeugt haben, oder eines, das jemand unter „Zugänge“ für Sie angelegt hat.',
  tooMany: {
    title: 'Später',
    text: 'In dieser Stunde wurden zu viele Anmeldungen abgelehnt. Warten Sie die nächste ab; das erste Token der Verwaltung gilt weiter.',
  },
  invitation: 'Einladung',
  invited: 'Sie sind eingeladen. Dieser Link gilt einmal.',
  noLongerValid: {
    title: 'Nicht mehr gültig',
    text: 'Der Link wurde schon benutzt, oder seine 15 Minuten sind vorbei. Bitten Sie um einen neuen: `npm run tokens -- invite`.',
  },
}

import type { CompanyKind } from '../../words.ts'
import type { Language } from '../language.ts'

/** What the visitor's own pages say, in German and English; a test holds both complete. */
const en = {
  otherLanguage: 'Deutsch',
  objectTitle: 'Object to the recognition of companies',
  objectIntro:
    'This website can recognise which organisation’s network a visit comes from. It never knows who you are: your address is looked up once and forgotten, and nothing is stored that identifies a person or a device. You may object all the same, without giving a reason.',
  objected: 'You object. Visits from this browser leave no trace here.',
  notObjected: 'You do not object on this device.',
  objects:
    'Your browser already objects by Global Privacy Control or Do Not Track. Visits from it leave no trace here, whatever you choose below.',
  object: 'Object on this device',
  withdraw: 'Withdraw my objection',
  deviceOnly:
    'The choice lives in this browser on this device only: one cookie named doorplate_optout with the value 1, the same for everybody, for 13 months. Deleting cookies deletes it.',
  gpc: 'To object on all websites at once, switch on Global Privacy Control in your browser:',
  cannotReach:
    'An objection made on this address cannot reach the visits of the website, because it lies on another domain. Please use the website’s own privacy page; the button there works.',
  toPolicy: 'To the privacy page of the website',
  elsewhere: 'An objection can be withdrawn only on this page itself.',
  youTitle: 'What would this website know about you?',
  youObject: 'Nothing: you object. Your address was not read.',
  lookOnce: 'Look once all the same',
  youCompany: 'A visit from here counts as a visit of this organisation:',
  youKindHidden:
    'Your network belongs to the organisation below. This website does not show organisations of its kind: a visit adds one to anonymous daily counts, without the name.',
  youNobody:
    'Nobody. Your network belongs to no listed organisation; a visit adds one to anonymous daily counts of page, source, country and device size, each by itself.',
  youOff: 'This website has switched the recognition off. A visit leaves nothing.',
  youConsent:
    'This website looks only at visits of people who agreed. Without your consent a visit leaves nothing; with it, this is what it counts as:',
  nothingStored: 'This page stores nothing. Your address was read for this answer and is forgotten.',
  notYou: 'It is a statement about a network, not about you, and it can be wrong.',
  kind: 'Kind',
  name: 'Organisation',
  seat: 'Seat',
  domain: 'Website',
  industry: 'Industry',
  employees: 'Employees',
  byHand: 'compiled by hand, June 2026, not verified',
  source: 'Source',
  licence: 'Licence',
  evidence: 'Evidence',
  confidence: 'Confidence',
  of100: 'of 100',
  tableVersion: 'Version of the range table',
  dataBy: 'Network data:',
  companyObjects: 'An organisation that does not want to be listed may write to',
  objectLink: 'Object',
  objectionLink: 'See or withdraw the objection',
  youLink: 'What would this website know about me?',
  tooMany: 'Many people asked just now. Please try again in a minute.',
  noSite: 'No website is set up on this address.',
  kinds: {
    business: 'business',
    government: 'public administration',
    research: 'research',
    education: 'education',
    nonprofit: 'non-profit',
    'it-service': 'IT service',
  } satisfies Record<CompanyKind, string>,
}

export type VisitorTexts = typeof en

const de: VisitorTexts = {
  otherLanguage: 'English',
  objectTitle: 'Der Erkennung von Unternehmen widersprechen',
  objectIntro:
    'Diese Website kann erkennen, aus dem Netz welcher Organisation ein Besuch kommt. Wer Sie sind, erfährt sie nicht: Ihre Adresse wird einmal nachgeschlagen und vergessen, und gespeichert wird nichts, was eine Person oder ein Gerät kennzeichnet. Sie können trotzdem widersprechen, ohne einen Grund zu nennen.',
  objected: 'Sie haben widersprochen. Besuche mit diesem Browser hinterlassen hier keine Spur.',
  notObjected: 'Auf diesem Gerät liegt kein Widerspruch vor.',
  objects:
    'Ihr Browser widerspricht bereits über Global Privacy Control oder Do Not Track. Seine Besuche hinterlassen hier keine Spur, gleich was Sie unten wählen.',
  object: 'Auf diesem Gerät widersprechen',
  withdraw: 'Widerspruch zurücknehmen',
  deviceOnly:
    'Die Wahl gilt nur in diesem Browser auf diesem Gerät: ein Cookie namens doorplate_optout mit dem Wert 1, für alle derselbe, 13 Monate lang. Wer Cookies löscht, löscht auch ihn.',
  gpc: 'Wenn Sie auf allen Websites zugleich widersprechen möchten, schalten Sie in Ihrem Browser Global Privacy Control ein:',
  cannotReach:
    'Ein Widerspruch unter dieser Adresse erreicht die Besuche der Website nicht, weil sie auf einer anderen Domain liegt. Bitte benutzen Sie die Datenschutzseite der Website selbst; der Schalter dort wirkt.',
  toPolicy: 'Zur Datenschutzseite der Website',
  elsewhere: 'Ein Widerspruch lässt sich nur auf dieser Seite selbst zurücknehmen.',
  youTitle: 'Was wüsste diese Website über Sie?',
  youObject: 'Nichts: Sie widersprechen. Ihre Adresse wurde nicht gelesen.',
  lookOnce: 'Trotzdem einmal nachsehen',
  youCompany: 'Ein Besuch von hier zählt als Besuch dieser Organisation:',
  youKindHidden:
    'Ihr Netz gehört zur unten genannten Organisation. Organisationen ihrer Art zeigt diese Website nicht: Ein Besuch erhöht anonyme Tageszahlen um eins, ohne den Namen.',
  youNobody:
    'Niemand. Ihr Netz gehört zu keiner gelisteten Organisation; ein Besuch erhöht anonyme Tageszahlen um eins: Seite, Herkunft, Land und Gerätegröße, jede für sich.',
  youOff: 'Diese Website hat die Erkennung abgeschaltet. Ein Besuch hinterlässt nichts.',
  youConsent:
    'Diese Website betrachtet nur Besuche von Menschen, die eingewilligt haben. Ohne Ihre Einwilligung hinterlässt ein Besuch nichts; mit ihr zählt er so:',
  nothingStored: 'Diese Seite speichert nichts. Ihre Adresse wurde für diese Antwort gelesen und ist vergessen.',
  notYou: 'Das ist eine Aussage über ein Netz, nicht über Sie, und sie kann falsch sein.',
  kind: 'Art',
  name: 'Organisation',
  seat: 'Sitz',
  domain: 'Website',
  industry: 'Branche',
  employees: 'Beschäftigte',
  byHand: 'von Hand zusammengestellt, Juni 2026, nicht geprüft',
  source: 'Quelle',
  licence: 'Lizenz',
  evidence: 'Beleg',
  confidence: 'Sicherheit',
  of100: 'von 100',
  tableVersion: 'Version der Adresstabelle',
  dataBy: 'Netzdaten:',
  companyObjects: 'Eine Organisation, die nicht gelistet sein möchte, schreibt an',
  objectLink: 'Widersprechen',
  objectionLink: 'Den Widerspruch ansehen oder zurücknehmen',
  youLink: 'Was wüsste diese Website über mich?',
  tooMany: 'Gerade haben viele gefragt. Bitte versuchen Sie es in einer Minute noch einmal.',
  noSite: 'Unter dieser Adresse ist keine Website eingerichtet.',
  kinds: {
    business: 'Unternehmen',
    government: 'öffentliche Verwaltung',
    research: 'Forschung',
    education: 'Bildung',
    nonprofit: 'gemeinnützig',
    'it-service': 'IT-Dienstleister',
  },
}

export const VISITOR_TEXTS: Readonly<Record<Language, VisitorTexts>> = { de, en }

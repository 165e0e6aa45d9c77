import { collected, LOADING, onePerson, RECIPIENT, RESTORE, SENSITIVE, TRANSFER, TRANSIENT } from './phrases.ts'
import { blocks, bullets, type Facts, type Text } from './text.ts'

/**
 * The part of a privacy policy that is about Doorplate (Art. 13 GDPR). The objection stands first and by itself, as
 * Art. 21(4) wants it: explicitly, clearly, and apart from everything else.
 */
export const notice: Text = {
  title: { de: 'Datenschutzhinweis: Erkennung besuchender Unternehmen', en: 'Privacy notice: recognition of visiting companies' },
  needs: ['controller', 'contact', 'dataProtectionOfficer', 'authority', 'policy'],
  unfit: ({ site }) =>
    site.basis === 'off' ? `The site "${site.id}" is off: nothing is processed, so there is nothing to give notice of.` : null,
  body: { de: german, en: english },
}

function german(f: Facts): string {
  return blocks(
    f.consent ? '## Widerruf und Widerspruch' : '## Ihr Recht auf Widerspruch (Art. 21 DSGVO)',
    f.consent
      ? `> **Sie können Ihre Einwilligung jederzeit mit Wirkung für die Zukunft widerrufen**, in den Einwilligungseinstellungen dieser Website oder hier: ${f.optOut}. Ein Widerspruch geht einer Einwilligung vor. Die Rechtmäßigkeit der Verarbeitung bis zum Widerruf bleibt unberührt.`
      : `> **Sie können dieser Verarbeitung jederzeit widersprechen. Einen Grund verlangen wir nicht.** Dafür genügt ein Klick auf dieser Seite: ${f.optOut}. Danach hinterlassen Besuche mit diesem Browser hier keine Spur. Die Wahl gilt auf diesem Gerät in diesem Browser.`,
    `**Mit einem Signal für alle Websites:** Sendet Ihr Browser Global Privacy Control (GPC) oder Do Not Track, gilt das als Widerspruch, ohne dass Sie etwas tun müssen. ${GPC.de}`,

    '## Wer verantwortlich ist',
    bullets(
      `Verantwortlicher: ${f.parties.controller}`,
      `Kontakt: ${f.parties.contact}`,
      `Datenschutzbeauftragte Person: ${f.parties.dataProtectionOfficer}`,
      `Die gesamte Datenschutzerklärung: ${f.parties.policy}`,
    ),

    '## Was geschieht, wenn Sie eine Seite öffnen',
    `Wir möchten wissen, welche Unternehmen und Einrichtungen unsere Website (${f.pages}) besuchen, nicht, welche Menschen. ${LOADING.de}${f.consent ? ' Eine Nachricht mit Angaben zu Ihrem Besuch geht erst ab, wenn Sie eingewilligt haben.' : ''} Die Nachricht enthält:`,
    bullets(...collected(f, 'de')),
    TRANSIENT.de,
    'Der Browser nennt außerdem seine Kennung (User-Agent); aus ihr wird nur abgelesen, ob ein Programm oder ein Mensch die Seite öffnet und ob das Gerät ein Rechner, ein Tablet oder ein Telefon ist. Gespeichert wird sie nicht.',

    '## Was gespeichert wird',
    bullets(
      `**Steht die Organisation in der Tabelle** (gezeigt werden: ${f.kinds}): ein Zähler je Organisation, Stunde und Seite mit den oben genannten Angaben, dazu Name, Sitz, Branche und Größe der Organisation aus der Tabelle. ${onePerson(f, 'de')}`,
      '**In allen anderen Fällen**, auch bei Privat- und Mobilfunkanschlüssen: Tageszahlen von Seite, Herkunft, Land, Gerätegröße und Art des Ereignisses, jede für sich, ohne Verbindung untereinander.',
      `**Bei Widerspruch${f.consent ? ' oder ohne Einwilligung' : ''}:** nichts. Die Adresse wird nicht gelesen.`,
    ),
    SENSITIVE.de,
    'Auf Ihrem Gerät wird nichts abgelegt außer, wenn Sie es wünschen, Ihre eigene Ablehnung.',

    '## Zweck und Rechtsgrundlage',
    'Zweck ist, das Interesse von Unternehmen an unserem Angebot zu erkennen und Website und Vertrieb daran auszurichten.',
    f.consent
      ? 'Rechtsgrundlage ist Ihre Einwilligung (Art. 6 Abs. 1 lit. a DSGVO), die zugleich einen Zugriff auf Informationen in Ihrem Endgerät umfasst, soweit ein solcher vorliegt (§ 25 Abs. 1 TDDDG). Sie ist freiwillig; die Website funktioniert ohne sie ebenso.'
      : 'Rechtsgrundlage ist unser berechtigtes Interesse an dieser Erkenntnis (Art. 6 Abs. 1 lit. f DSGVO). Wir haben es gegen Ihre Interessen abgewogen und das Ergebnis, auch zu § 25 TDDDG, festgehalten; auf Anfrage erläutern wir es. Sie sind nicht verpflichtet, Daten bereitzustellen; die Website funktioniert nach einem Widerspruch ebenso.',
    'Eine automatisierte Entscheidung im Sinne von Art. 22 DSGVO findet nicht statt.',

    '## Empfänger und Drittland',
    `${RECIPIENT.de} ${TRANSFER.de} Sonst erhält niemand diese Daten von Doorplate.`,

    '## Wie lange',
    bullets(
      'IP-Adresse: nur während der Bearbeitung der Anfrage, ohne Speicherung.',
      `Zähler der Organisationen: ${f.ledger}. Tageszahlen: ${f.totals}.`,
      RESTORE.de,
    ),

    '## Ihre weiteren Rechte',
    `Sie haben nach Maßgabe der Art. 15 bis 18 und 20 DSGVO das Recht auf Auskunft, Berichtigung, Löschung, Einschränkung der Verarbeitung und Datenübertragbarkeit sowie das Recht, sich bei einer Aufsichtsbehörde zu beschweren (Art. 77 DSGVO), etwa bei: ${f.parties.authority}. Weil in den Zählern nichts steht, woran wir eine Person erkennen könnten, finden wir zu Ihnen in der Regel keine Zeile (Art. 11 DSGVO). Was ein Besuch von Ihrem Anschluss ergäbe, zeigt ${f.endpoint}/you?lang=de.`,

    '## Für Unternehmen, die nicht gelistet sein möchten',
    `Eine Organisation, die hier nicht erkannt werden möchte, schreibt an: ${f.parties.contact}. Was genau gespeichert wird, steht maschinenlesbar unter ${f.endpoint}/.well-known/doorplate.json.`,
  )
}

function english(f: Facts): string {
  return blocks(
    f.consent ? '## Withdrawing and objecting' : '## Your right to object (Art. 21 GDPR)',
    f.consent
      ? `> **You may withdraw your consent at any time, with effect for the future**, in the consent settings of this website or here: ${f.optOut}. An objection prevails over a consent. What was lawful before the withdrawal stays so.`
      : `> **You may object to this processing at any time. We ask for no reason.** One click on this page is enough: ${f.optOut}. Visits from this browser then leave no trace here. The choice holds on this device, in this browser.`,
    `**By one signal for all websites:** if your browser sends Global Privacy Control (GPC) or Do Not Track, that is an objection; there is nothing else to do. ${GPC.en}`,

    '## Who is responsible',
    bullets(
      `Controller: ${f.parties.controller}`,
      `Contact: ${f.parties.contact}`,
      `Data protection officer: ${f.parties.dataProtectionOfficer}`,
      `The whole privacy policy: ${f.parties.policy}`,
    ),

    '## What happens when you open a page',
    `We want to know which companies and institutions visit our website (${f.pages}), not which people. ${LOADING.en}${f.consent ? ' A message about your visit leaves your browser once you have consented, not before.' : ''} The message contains:`,
    bullets(...collected(f, 'en')),
    TRANSIENT.en,
    'The browser also states what it is (user agent); from that we read whether a program or a human being opens the page, and whether the device is a computer, a tablet or a phone. It is not stored.',

    '## What is stored',
    bullets(
      `**If the organisation is in the table** (shown are: ${f.kinds}): a counter for each organisation, hour and page with the details above, and name, seat, industry and size of the organisation from the table. ${onePerson(f, 'en')}`,
      '**In every other case**, home and mobile connections included: daily counts of page, source, country, device size and kind of event, each by itself, not connected with one another.',
      `**After an objection${f.consent ? ' or without consent' : ''}:** nothing. The address is not read.`,
    ),
    SENSITIVE.en,
    'Nothing is put on your device but, if you wish, your own refusal.',

    '## Purpose and legal basis',
    'The purpose is to see which companies take an interest in what we offer, and to direct website and sales accordingly.',
    f.consent
      ? 'The legal basis is your consent (Art. 6(1)(a) GDPR), which also covers access to information in your terminal equipment as far as there is any (in Germany § 25(1) TDDDG). It is voluntary; the website works without it.'
      : 'The legal basis is our legitimate interest in knowing this (Art. 6(1)(f) GDPR). We have weighed it against your interests and recorded the result, the ePrivacy rules (in Germany § 25 TDDDG) included; on request we explain it. You are not obliged to provide data; the website works just as well after an objection.',
    'There is no automated decision-making within the meaning of Art. 22 GDPR.',

    '## Recipients and third country',
    `${RECIPIENT.en} ${TRANSFER.en} Nobody else receives these data from Doorplate.`,

    '## How long',
    bullets(
      'IP address: while the request is handled, without being stored.',
      `Counters of organisations: ${f.ledger}. Daily counts: ${f.totals}.`,
      RESTORE.en,
    ),

    '## Your other rights',
    `Under Art. 15 to 18 and 20 GDPR you have the right of access, rectification, erasure, restriction and data portability, and the right to complain to a supervisory authority (Art. 77 GDPR), for example: ${f.parties.authority}. As nothing in the counters would let us recognise a person, we will as a rule find no row about you (Art. 11 GDPR). What a visit from your connection would count as is shown at ${f.endpoint}/you?lang=en.`,

    '## For companies that do not want to be listed',
    `An organisation that does not want to be recognised here writes to: ${f.parties.contact}. What exactly is stored can be read by machines at ${f.endpoint}/.well-known/doorplate.json.`,
  )
}

const GPC = {
  de: 'So schalten Sie GPC ein: in Firefox unter Einstellungen › Datenschutz & Sicherheit („Websites anweisen, meine Daten nicht zu verkaufen oder weiterzugeben“); Brave und der DuckDuckGo-Browser senden es von sich aus; für andere Browser gibt es Erweiterungen, siehe https://globalprivacycontrol.org.',
  en: 'To switch GPC on: in Firefox under Settings › Privacy & Security (“Tell websites not to sell or share my data”); Brave and the DuckDuckGo browser send it by themselves; for other browsers there are extensions, see https://globalprivacycontrol.org.',
} as const

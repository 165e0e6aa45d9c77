import type { rules as en } from '../en/rules.ts'

export const rules: typeof en = {
  title: 'Regeln',
  lead: 'Was für ein Netz gelten soll, bestimmen Sie: Es wird nur gezählt, oder es gehört einem Unternehmen, das die Adresstabelle nicht kennt. Eine Regel geht der Tabelle vor und wirkt binnen einer Minute.',
  none: 'Es gibt noch keine Regeln. Ein guter Anfang ist das eigene Büro: Nehmen Sie es aus, dann werden Ihre eigenen Besuche nur gezählt.',
  ownersOnly: 'Regeln legt an und entfernt, wer verwaltet.',
  range: 'Netz',
  rangeHint: 'Eine Adresse, ein CIDR wie `203.0.113.0/24` oder `2001:db8::/48` oder ein Bereich wie `203.0.113.0 - 203.0.113.63`.',
  action: 'Was geschehen soll',
  actions: {
    block: { label: 'Ausnehmen', hint: 'Besuche von dort werden nur gezählt. Die Größe ist beliebig.' },
    assign: {
      label: 'Einem Unternehmen zuordnen',
      hint: 'Besuche von dort sind die dieses Unternehmens. Das Netz muss so groß sein, dass keine Zeile auf eine Person zeigt.',
    },
  },
  blocked: 'Ausgenommen',
  binds: 'Gilt für',
  thisSite: (site) => `Nur ${site}`,
  everySite: 'Alle Websites',
  why: 'Grund',
  whyHint: 'Für alle, die das in einem Jahr lesen. Schreiben Sie über das Netz, nicht über Personen.',
  created: 'Seit',
  add: 'Regel anlegen',
  save: 'Regel speichern',
  remove: 'Entfernen',
  company: {
    title: 'Das Unternehmen, falls zugeordnet wird',
    hint: 'Zum Zuordnen nötig: Name, Land und wie viele Menschen dort arbeiten. Behörden und Hochschulen kommen ohne die Zahl aus.',
    name: 'Name',
    domain: 'Domain der Website',
    country: 'Land (zwei Buchstaben)',
    city: 'Ort',
    employees: 'Beschäftigte',
    industry: 'Branche',
    kind: 'Art',
  },
  reasons: {
    'too-few-v4':
      'Dieses Netz ist zu klein: Ein Unternehmen braucht mindestens 8 IPv4-Adressen (/29), damit keine Zeile auf einen einzelnen Arbeitsplatz zeigt.',
    'too-few-v6': 'Dieses Netz ist zu klein: Ein Unternehmen braucht mindestens 8 IPv6-Netze der Größe /56 (/53).',
    'too-large': 'Dieses Netz ist zu groß: Kein einzelnes Unternehmen hat mehr als ein /8 (IPv4) oder ein /19 (IPv6).',
    'size-unknown': 'Bitte angeben, wie viele Menschen dort arbeiten: Ein Unternehmen mit weniger als fünf wird nie benannt.',
    'too-few-people':
      'Dort arbeiten weniger als fünf Menschen: Ein solches Unternehmen wird nie benannt, denn die Zeile beschriebe Personen.',
    range: 'Das ist weder eine Adresse noch ein CIDR noch ein Bereich.',
    name: 'Ein Unternehmen braucht einen Namen.',
    domain: 'Das ist keine Domain. Schreiben Sie sie so: example.com.',
    country: 'Ein Unternehmen braucht ein Land, in zwei Buchstaben: DE.',
    employees: 'Schreiben Sie die Zahl der Beschäftigten so: 51-200 oder 10001+.',
  },
  objections: {
    title: 'Ein Unternehmen möchte nicht genannt werden?',
    text: 'Eine Regel kennt Netze; ein Widerspruch kennt das Unternehmen, auf allen Websites und in jeder späteren Tabelle.',
    link: 'Unternehmen, die widersprochen haben',
  },
  done: { saved: 'Gespeichert. Die Regel wirkt binnen einer Minute.', removed: 'Entfernt. Das wirkt binnen einer Minute.' },
}

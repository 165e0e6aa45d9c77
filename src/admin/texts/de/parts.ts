import type { parts as en } from '../en/parts.ts'

export const parts: typeof en = {
  period: {
    label: 'Zeitraum',
    days: (n) => `${n} Tage`,
    custom: 'Anderer Zeitraum',
    from: 'Von',
    to: 'Bis',
    show: 'Anzeigen',
    wrong: 'Dieser Zeitraum lässt sich nicht anzeigen; hier sind die letzten 30 Tage.',
  },
  dataTable: 'Als Tabelle',
  day: 'Tag',
  bars: (title, period, most, day) => `${title}, ${period}. Die meisten waren es am ${day}: ${most}.`,
  noBars: (title, period) => `${title}, ${period}. Es gab keine.`,
}

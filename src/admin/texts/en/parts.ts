/** Parts that several pages have. */
export const parts = {
  period: {
    label: 'Period',
    days: (n: string) => `${n} days`,
    custom: 'Other period',
    from: 'From',
    to: 'To',
    show: 'Show',
    wrong: 'This period cannot be shown; here are the last 30 days.',
  },
  dataTable: 'As a table',
  day: 'Day',
  bars: (title: string, period: string, most: string, day: string) => `${title}, ${period}. The most were ${most} on ${day}.`,
  noBars: (title: string, period: string) => `${title}, ${period}. There were none.`,
}

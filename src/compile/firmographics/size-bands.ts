/**
 * Numbers of employees as the size bands that the product shows. An exact number goes into its band and is forgotten:
 * it changes every month and would pretend to be known.
 */
const BANDS: readonly (readonly [least: number, band: string])[] = [
  [10001, '10001+'],
  [5001, '5001-10000'],
  [1001, '1001-5000'],
  [501, '501-1000'],
  [201, '201-500'],
  [51, '51-200'],
  [11, '11-50'],
  [5, '5-10'],
  [1, '1-4'],
]

/** `8500`, `8,500` or `5001-10000` as a band; null for everything else. `1-10` stays as it is: it may be fewer than five. */
export function sizeBand(text: string): string | null {
  const plain = text.replace(/[\s,.']/g, '').replace(/[–—]/g, '-')
  if (/^\d+(-\d+|\+)$/.test(plain)) return plain
  if (!/^\d{1,8}$/.test(plain)) return null
  return BANDS.find(([least]) => Number(plain) >= least)?.[1] ?? null
}

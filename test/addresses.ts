/** Visitors' addresses in tests: networks reserved for documentation, and one of nobody. */
export const ADDRESSES = {
  acme: '203.0.113.20',
  acme6: '2001:db8:1::77',
  /** 11-50 people: no journeys. */
  small: '192.0.2.20',
  /** Of a kind a site does not show unless told to. */
  university: '198.51.100.20',
  nobody: '100.64.0.20',
  notAnAddress: 'unknown',
} as const

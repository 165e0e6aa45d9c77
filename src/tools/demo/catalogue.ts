/** What the invented company sells. Product pages, price list and data sheets are made from this. */
export interface Product {
  readonly slug: string
  readonly name: string
  readonly kind: string
  readonly claim: string
  readonly story: string
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly price: number
  readonly drawing: Drawing
}

export type Drawing = 'flow' | 'vibration' | 'gateway'

export const PRODUCTS: readonly Product[] = [
  {
    slug: 'flow-f2',
    name: 'Flow F2',
    kind: 'Clamp-on flow meter',
    claim: 'Reads the flow from outside the pipe.',
    story:
      'Two transducers, a strap and twenty minutes: F2 measures water, glycol and thin oils through steel, copper and plastic without cutting the line. Its reading agrees with a wet meter to within one percent from a trickle to full bore, and it says so itself when air in the pipe makes a reading doubtful.',
    facts: [
      ['Pipe diameter', '25 – 600 mm'],
      ['Flow velocity', '0.02 – 12 m/s, both directions'],
      ['Uncertainty', '±1.0 % of reading above 0.3 m/s'],
      ['Medium temperature', '−20 … +130 °C'],
      ['Outputs', 'Modbus RTU, 4–20 mA, pulse'],
      ['Supply', '12 – 30 V DC, 1.1 W'],
      ['Protection', 'IP68 transducers, IP65 housing'],
    ],
    price: 1290,
    drawing: 'flow',
  },
  {
    slug: 'pulse-v3',
    name: 'Pulse V3',
    kind: 'Vibration sensor',
    claim: 'Hears a bearing fail six weeks early.',
    story:
      'V3 sits on the bearing housing and listens on three axes up to 10 kHz. It computes the spectrum itself and sends four numbers an hour, so a battery lasts five years and the maintenance plan gets a date instead of a surprise.',
    facts: [
      ['Axes', '3, MEMS'],
      ['Bandwidth', '2 Hz – 10 kHz'],
      ['Range', '±16 g, ±50 g'],
      ['Radio', 'LoRaWAN, 868 MHz'],
      ['Battery', '5 years at one reading an hour'],
      ['Mounting', 'M6 stud or magnet'],
      ['Protection', 'IP67'],
    ],
    price: 240,
    drawing: 'vibration',
  },
  {
    slug: 'harbour-g4',
    name: 'Harbour G4',
    kind: 'Plant gateway',
    claim: 'Brings four hundred sensors to one cable.',
    story:
      'G4 collects readings by Modbus, LoRaWAN and OPC UA, keeps ninety days of them on board and hands them to the control room or the cloud of your choice. It has no cloud of ours to log in to: what it measures is yours.',
    facts: [
      ['Sensors', 'up to 400'],
      ['Field side', 'LoRaWAN, Modbus RTU and TCP, 8 × 4–20 mA'],
      ['Plant side', 'OPC UA, MQTT, REST'],
      ['Storage', '90 days at one-minute readings'],
      ['Supply', '24 V DC or PoE, 6 W'],
      ['Mounting', 'DIN rail, 8 TE'],
      ['Temperature', '−25 … +60 °C'],
    ],
    price: 890,
    drawing: 'gateway',
  },
]

export function dataSheetName(product: Product): string {
  return `pellworth-${product.slug}.pdf`
}

/** `1.290 €` would be read as a fraction by half of Europe; a thin space by nobody. */
export function euro(amount: number): string {
  return `€\u00a0${String(amount).replace(/\B(?=(\d{3})+$)/g, '\u202f')}`
}

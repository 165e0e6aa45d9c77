/** One company as a register of facts has it, in our words. */
import type { SourceFacts } from '../sources/source.ts'
import type { FactField } from './presets.ts'

export interface FirmographicRecord {
  readonly said: Readonly<Partial<Record<FactField, string>>>
  readonly line: number
}

/** A register of facts that can be read. */
export interface FirmographicsSource {
  /** What a shown field names: `GLEIF`. */
  readonly name: string
  /** Day of the data, `YYYY-MM-DD`. */
  readonly date: string
  /** For the manifest, like any other source. */
  facts(): Promise<SourceFacts>
  records(): AsyncIterable<FirmographicRecord>
  /** Lines that could not be read, after reading. */
  broken(): number
}

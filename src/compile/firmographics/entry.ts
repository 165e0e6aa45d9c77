/** `[[firmographics]]` in `doorplate.sources.toml`: a file of company facts, its format and its date. */
import * as z from 'zod'
import { FACT_FIELDS, FIRMOGRAPHICS_PRESETS, type FirmographicsFormat } from './presets.ts'

const FORMATS = Object.keys(FIRMOGRAPHICS_PRESETS) as FirmographicsFormat[]

export const FirmographicsEntry = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'is no short name such as "gleif"'),
  format: z.enum(FORMATS, `is none of ${FORMATS.join(', ')}`),
  files: z.array(z.string().min(1)).min(1),
  /** Of the data: every shown field says from when it is. */
  date: z.iso.date('is no day such as "2026-11-21"'),
  fields: z.optional(
    z.partialRecord(
      z.enum(FACT_FIELDS),
      z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
      `fields are ${FACT_FIELDS.join(', ')}`,
    ),
  ),
  licence: z.optional(z.string()),
  url: z.optional(z.url()),
})
export type FirmographicsEntry = z.infer<typeof FirmographicsEntry>

/**
 * Reads what ipverse's as-metadata says of each autonomous system (`as.json`, CC0): its short name, its holder, the
 * holder's country, and a category such as `isp` or `business`. https://github.com/ipverse/as-metadata
 *
 * It holds no ranges. A record that was only inferred from routing carries no country and no category: its own README
 * says that it may be wrong. The older shape, with the fields at the top and without a category, and the CSV
 * (`asn,handle,description,country-code`) are read too.
 */
import { basename } from 'node:path'
import * as z from 'zod'
import { readCsvLines } from './csv-lines.ts'
import { fileFacts, type SourceLabel } from './file-facts.ts'
import { readJsonObjects } from './json-objects.ts'
import { networkType } from './network-types.ts'
import { countryOf } from './row-fields.ts'
import { type AsRow, type RangeSource, SourceError } from './source.ts'

export interface AsMetadataOptions extends SourceLabel {
  readonly files: readonly string[]
}

const text = z.nullish(z.string())
const Metadata = z.object({ handle: text, description: text, countryCode: text, origin: text, category: text, networkRole: text })
const Entry = z.object({ asn: z.int().min(0).max(0xffffffff), metadata: z.nullish(Metadata), ...Metadata.shape })

export function asMetadata(options: AsMetadataOptions): RangeSource {
  const { files } = options
  return {
    role: 'categories',
    expectedRows: 0,
    facts: () =>
      fileFacts(files, options, { name: 'ipverse as-metadata', licence: 'CC0 1.0', url: 'https://github.com/ipverse/as-metadata' }),
    // Nothing but numbers: the ranges come from a routing source.
    async *rows() {},
    async *networks() {
      for (const path of files) yield* /\.csv(\.gz)?$/.test(path) ? fromCsv(path) : fromJson(path)
    },
  }
}

async function* fromJson(path: string): AsyncGenerator<AsRow> {
  const file = basename(path)
  for await (const objects of readJsonObjects(path)) {
    for (const { value, line } of objects) {
      const entry = Entry.safeParse(value)
      if (!entry.success) throw new SourceError(file, line, `${entry.error.issues[0]?.path.join('.')} is not as in as.json of ipverse`)
      const { asn, metadata } = entry.data
      yield row(asn, metadata ?? entry.data, file, line)
    }
  }
}

async function* fromCsv(path: string): AsyncGenerator<AsRow> {
  const file = basename(path)
  for await (const lines of readCsvLines(path)) {
    for (const { fields, line } of lines) {
      const [asn = '', handle = '', description = '', countryCode = ''] = fields
      if (line === 1 && asn === 'asn') continue
      if (!/^\d{1,10}$/.test(asn)) throw new SourceError(file, line, `"${asn}" is no AS number`)
      yield row(Number(asn), { handle, description, countryCode }, file, line)
    }
  }
}

function row(asn: number, said: Partial<z.infer<typeof Metadata>>, file: string, line: number): AsRow {
  const guessed = said.origin === 'inferred'
  const handle = said.handle ?? ''
  const category = guessed ? null : said.category
  return {
    asn,
    name: said.description || handle,
    country: guessed ? null : countryOf(said.countryCode ?? ''),
    handle,
    // A network that carries content is no office, whatever its owner's trade is.
    type: said.networkRole === 'content_network' ? 'content' : category ? networkType(category) : null,
    typeAsSaid: category ?? null,
    file,
    line,
  }
}

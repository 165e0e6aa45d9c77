import * as z from 'zod/mini'
import { NOTES_SHOWN, readNotes, removeNote, saveNote } from '../../ledger/desk/notes.ts'
import { readSegments, removeSegment, saveSegment } from '../../ledger/desk/segments.ts'
import { listTags, putTag, readTags, removeTag } from '../../ledger/desk/tags.ts'
import { today } from '../../ledger/period.ts'
import { readCompany } from '../../ledger/read.ts'
import { HEX } from '../house.ts'
import { Refusal } from '../problem.ts'
import { Filter } from './companies.ts'
import { KeyParams, NoteShape, UNSEEN } from './company.ts'
import { Count, Key, line, NoParams, RandomId, Slug } from './fields.ts'
import { route } from './route.ts'

/** What operators put on companies: tags, notes, saved filters. */
const Nothing = z.strictObject({})
const Tag = line(40)
const Done = z.object({ done: z.boolean() })

/** Lists stay ones that people read; what could not be listed could not be removed. */
const MOST_TAGS = 50
const MOST_NOTES = NOTES_SHOWN
const MOST_SEGMENTS = 200

/** Shown by every form for free text. */
export const NOTE_HINT = 'Write about the company, not about persons: a note that names one is personal data, and you answer for it.'

export const tags = route({
  method: 'get',
  path: '/tags',
  id: 'listTags',
  role: 'viewer',
  site: 'query',
  params: NoParams,
  query: Nothing,
  body: null,
  answer: z.object({ site: z.string(), tags: z.array(z.object({ tag: z.string(), companies: Count })) }),
  handle: async ({ db, site }) => ({ site: site.id, tags: await listTags(db, site.id) }),
})

export const addTag = route({
  method: 'put',
  path: '/companies/{key}/tags/{tag}',
  id: 'putTag',
  role: 'analyst',
  site: 'query',
  params: z.strictObject({ key: Key, tag: Tag }),
  query: Nothing,
  body: null,
  answer: Done,
  async handle({ db, site, params, now }) {
    if ((await readCompany(db, site.id, params.key)) === null) return UNSEEN
    const others = (await readTags(db, site.id, params.key)).filter((tag) => tag !== params.tag)
    if (others.length >= MOST_TAGS) return new Refusal(409, `A company wears ${MOST_TAGS} tags: take one off first.`)
    await putTag(db, site.id, params.key, params.tag, today(now, site.timeZone))
    return { done: true }
  },
})

export const dropTag = route({
  method: 'delete',
  path: '/companies/{key}/tags/{tag}',
  id: 'removeTag',
  role: 'analyst',
  site: 'query',
  params: z.strictObject({ key: Key, tag: Tag }),
  query: Nothing,
  body: null,
  answer: Done,
  async handle({ db, site, params }) {
    const gone = await removeTag(db, site.id, params.key, params.tag)
    return gone ? { done: true } : new Refusal(404, 'This company does not wear that tag here.', 'tag')
  },
})

export const notes = route({
  method: 'get',
  path: '/companies/{key}/notes',
  id: 'listNotes',
  role: 'viewer',
  site: 'query',
  params: KeyParams,
  query: Nothing,
  body: null,
  answer: z.object({ site: z.string(), key: z.string(), notes: z.array(NoteShape), hint: z.string() }),
  async handle({ db, site, params }) {
    if ((await readCompany(db, site.id, params.key)) === null) return UNSEEN
    return { site: site.id, key: params.key, notes: await readNotes(db, site.id, params.key), hint: NOTE_HINT }
  },
})

/** Free text: line breaks and tabs are welcome, other control characters are not. */
const NoteText = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(2000),
    z.regex(/^(?:\P{Cc}|[\n\r\t])*$/u, 'control characters are not accepted'),
    z.describe(NOTE_HINT),
  )

export const addNote = route({
  method: 'post',
  path: '/companies/{key}/notes',
  id: 'addNote',
  role: 'analyst',
  site: 'query',
  params: KeyParams,
  query: Nothing,
  body: z.strictObject({ text: NoteText }),
  answer: z.object({ note: NoteShape, hint: z.string() }),
  async handle({ db, site, params, body, principal, now, house }) {
    if ((await readCompany(db, site.id, params.key)) === null) return UNSEEN
    if ((await readNotes(db, site.id, params.key)).length >= MOST_NOTES)
      return new Refusal(409, `A company keeps ${MOST_NOTES} notes: remove one first.`)
    const note = { id: HEX(house.random(8)), text: body.text.toWellFormed(), author: principal.name, created: today(now, site.timeZone) }
    await saveNote(db, site.id, params.key, note)
    return { note, hint: NOTE_HINT }
  },
})

export const dropNote = route({
  method: 'delete',
  path: '/companies/{key}/notes/{note}',
  id: 'removeNote',
  role: 'analyst',
  site: 'query',
  params: z.strictObject({ key: Key, note: RandomId }),
  query: Nothing,
  body: null,
  answer: Done,
  async handle({ db, site, params }) {
    const gone = await removeNote(db, site.id, params.key, params.note)
    return gone ? { done: true } : new Refusal(404, 'There is no such note on this company.', 'note')
  },
})

const SegmentShape = z.object({ id: z.string(), name: z.string(), filter: Filter, created: z.string() })

export const segments = route({
  method: 'get',
  path: '/segments',
  id: 'listSegments',
  role: 'viewer',
  site: 'query',
  params: NoParams,
  query: Nothing,
  body: null,
  answer: z.object({ site: z.string(), segments: z.array(SegmentShape) }),
  async handle({ desk, site }) {
    const saved = await readSegments(desk, site.id)
    // A filter saved by an earlier version that fits no more filters nothing; it can be saved anew or removed.
    const read = (stored: string): z.infer<typeof Filter> => {
      const filter = Filter.safeParse(JSON.parse(stored))
      return filter.success ? filter.data : {}
    }
    return { site: site.id, segments: saved.map(({ filter, ...rest }) => ({ ...rest, filter: read(filter) })) }
  },
})

export const putSegment = route({
  method: 'put',
  path: '/segments/{segment}',
  id: 'saveSegment',
  role: 'analyst',
  site: 'query',
  params: z.strictObject({ segment: Slug }),
  query: Nothing,
  body: z.strictObject({ name: line(80), filter: Filter }),
  answer: SegmentShape,
  async handle({ desk, site, params, body, now }) {
    const others = (await readSegments(desk, site.id)).filter(({ id }) => id !== params.segment)
    if (others.length >= MOST_SEGMENTS) return new Refusal(409, `A site keeps ${MOST_SEGMENTS} segments: remove one first.`)
    const segment = { id: params.segment, name: body.name, created: today(now, site.timeZone) }
    await saveSegment(desk, site.id, { ...segment, filter: JSON.stringify(body.filter) })
    return { ...segment, filter: body.filter }
  },
})

export const dropSegment = route({
  method: 'delete',
  path: '/segments/{segment}',
  id: 'removeSegment',
  role: 'analyst',
  site: 'query',
  params: z.strictObject({ segment: Slug }),
  query: Nothing,
  body: null,
  answer: Done,
  async handle({ desk, site, params }) {
    const gone = await removeSegment(desk, site.id, params.segment)
    return gone ? { done: true } : new Refusal(404, 'There is no such segment on this site.', 'segment')
  },
})

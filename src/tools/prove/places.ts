/** Where a secret could come to rest or pass by. The search covers each, and the positive control proves that it does. */
export const PLACES = [
  { id: 'files', title: 'state files', what: 'every file of D1, KV, rate limits and cache, write-ahead logs included' },
  { id: 'rows', title: 'rows', what: 'every row of every table of every database' },
  { id: 'kv-keys', title: 'KV keys', what: 'names of all keys' },
  { id: 'kv-values', title: 'KV values', what: 'all values; those of the range table are compared with the build instead' },
  { id: 'kv-metadata', title: 'KV metadata', what: 'metadata of all keys' },
  { id: 'queue', title: 'queue', what: 'every message on its way through the queue, in the life that has one' },
  { id: 'console', title: 'console', what: 'all that the runtime prints' },
  { id: 'answer-headers', title: 'headers', what: 'status line and headers of every answer' },
  { id: 'answer-bodies', title: 'bodies', what: 'body of every answer' },
  { id: 'outbound', title: 'outbound', what: 'every request the Worker tried to send' },
  { id: 'observability', title: 'traces', what: "the local runtime's store of traces and logs, switched on in two lives" },
] as const

export type PlaceId = (typeof PLACES)[number]['id']

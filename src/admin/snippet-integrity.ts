/** Written by `npm run build`: what `integrity` says of the scripts in dist/assets, https://www.w3.org/TR/SRI/ . */
export const SNIPPET_INTEGRITY = {
  'd.js': 'sha384-eAREVOYKOizmyjS5Mz85fachzEIGtVu8LsUTQCQhoVabNHL54jhtEOA9esyBfazm',
  'cmp.js': 'sha384-UTnz06RW/aYNyNS8J+7yo9cLD2XMdfG6p0h6Rcxgd/MmqEBzpzo1tlFR5dRU18NX',
} as const

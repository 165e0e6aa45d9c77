/** What this copy of Doorplate is; a test holds the version equal to package.json. */
export const RELEASE = { version: '0.1.0', date: '2026-11-21' } as const

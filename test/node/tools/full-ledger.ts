/** At least one row in every table, with texts and bytes that are easily broken on the way. */
export const ODD = 'O\'Reilly "& Söhne" ?1; --\n🚪'

const COMPANY = (key: string, name: string, domain: string | null) =>
  [key, 'business', name, domain, 'DE', 'Munich', null, '201-500', '{"source":"test"}', 490_000] as const

export async function fillLedger(db: D1Database, site = 'shop', hours = 40): Promise<void> {
  const put = (sql: string, ...values: (string | number | null)[]) => db.prepare(sql).bind(...values)
  const companies = [COMPANY('dom:acme.example', ODD, 'acme.example'), COMPANY('dom:gone.example', 'Gone AG', 'gone.example')]
  await db.batch([
    put("INSERT INTO sites VALUES (?1, ?2, 'consent', 'Europe/Berlin', '{}', '2026-11-01')", site, ODD),
    put("INSERT INTO site_hosts VALUES (?1, 'page', ?2)", `www.${site}.example`, site),
    put("INSERT INTO site_hosts VALUES (?1, 'endpoint', ?2)", `t.${site}.example`, site),
    ...companies.map((company) => put('INSERT INTO companies VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)', site, ...company)),
    ...companies.flatMap(([key]) =>
      Array.from({ length: hours }, (_, hour) =>
        put("INSERT INTO company_activity VALUES (?1, ?2, ?3, 'view', ?4, '', '', 1, 0)", site, key, 490_000 + hour, `/p${hour}`),
      ),
    ),
    ...companies.map(([key]) =>
      put(
        "INSERT INTO company_day (site_id, day, company_key, views, pages, seconds, downloads, outbounds, forms, events, visits, first_hour, last_hour, hot, sources) VALUES (?1, '2026-11-20', ?2, 40, 40, 0, 0, 0, 0, 0, 2, 490000, 490039, 3, '[\"google.com\"]')",
        site,
        key,
      ),
    ),
    put("INSERT INTO site_totals VALUES (?1, '2026-11-20', 'path', ?2, 7)", site, `/${ODD}`),
    put(
      "INSERT INTO rules VALUES (?1, unhex('00000000000000000000ffffcb007100'), unhex('00000000000000000000ffffcb0071ff'), 'block', NULL, ?2, '2026-11-01')",
      site,
      ODD,
    ),
    put("INSERT INTO tags VALUES (?1, 'dom:gone.example', 'lead', '2026-11-01')", site),
    put("INSERT INTO notes VALUES (?1, 'dom:acme.example', 'abcd', ?2, 'Ann', '2026-11-01')", site, ODD),
    put("INSERT INTO segments VALUES (?1, 'big', 'Big', '{}', '2026-11-01')", site),
    put("INSERT INTO tokens VALUES (?1, ?2, 'Ann', 'viewer', '*', '2026-11-01', NULL, NULL, NULL)", `hash-${site}`, `id-${site}`),
    put("INSERT INTO sign_ins VALUES (?1, 'id', 500000)", `s-${site}`),
    put("INSERT INTO invitations VALUES (?1, 'Bob', 'viewer', '*', 29000000)", `i-${site}`),
    put("INSERT INTO audit VALUES (?1, 29000000, 'aa', 'owner', 'export', 'csv', 3)", site),
    put('INSERT OR IGNORE INTO sign_in_failures VALUES (490000, 2)'),
    put("INSERT OR IGNORE INTO batches VALUES (490000, 'one')"),
    put("INSERT OR IGNORE INTO chores VALUES ('purge', 490000, 490000, 3)"),
  ])
}

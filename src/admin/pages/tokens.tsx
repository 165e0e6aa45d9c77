import type * as z from 'zod/mini'
import { hourOf } from '../../ledger/clock.ts'
import { ROLES } from '../../ledger/desk/tokens.ts'
import { createToken, dropToken, INVITED_MINUTES, invite, signOutBrowsers, type TokenShape, tokens as tokensRoute } from '../api/tokens.ts'
import { OWNER } from '../principal.ts'
import { Refusal } from '../problem.ts'
import { type AnyAt, granted, operatorPage, textOf } from './page.tsx'
import { Careful, Check, Field, Form, typed } from './parts/form.tsx'
import { Table } from './parts/table.tsx'
import { Words } from './parts/words.tsx'

/** Who may see the dashboard: tokens, one-time links, browsers that are signed in. A secret is shown once, in no address. */
export const tokens = operatorPage({
  path: '/tokens',
  nav: 'tokens',
  role: 'owner',
  done: (t) => t.tokens.done,
  forms: {
    async create(at, fields) {
      const days = textOf(fields, 'days')
      const made = await at.run(createToken, { body: { ...bearerOf(fields), ...(days === '' ? {} : { days: Number(days) }) } })
      if (made instanceof Refusal) return made
      return { answer: <Secret title={at.t.tokens.made(made.name)} text={at.t.tokens.once} secret={made.token} /> }
    },
    async invite(at, fields) {
      const made = await at.run(invite, { body: bearerOf(fields) })
      if (made instanceof Refusal) return made
      const text = at.t.tokens.invited(at.f.number(INVITED_MINUTES))
      return { answer: <Secret title={at.t.tokens.link(textOf(fields, 'name'))} text={text} secret={made.url} /> }
    },
    async revoke(at, fields) {
      const gone = await at.run(dropToken, { params: { token: textOf(fields, 'token') } })
      return gone instanceof Refusal ? gone : { done: 'revoked' }
    },
    async signOut(at, fields) {
      const ended = await at.run(signOutBrowsers, { params: { token: textOf(fields, 'token') } })
      return ended instanceof Refusal ? ended : { done: 'signedOut', n: ended.browsers }
    },
  },
  async show(at) {
    const { t } = at
    const list = granted(await at.run(tokensRoute, {}))
    return {
      title: t.tokens.title,
      body: (
        <>
          <h1>{t.tokens.title}</h1>
          <p class="lead">{t.tokens.lead}</p>
          {at.answer('create')}
          {at.answer('invite')}
          <List at={at} {...list} />
          <div class="columns">
            <section class="sheet">
              <h2>{t.tokens.create}</h2>
              <Form at={at} name="create" class="stack" reasons={t.tokens.reasons}>
                <Bearer at={at} form="create" hint={t.tokens.nameHint} />
                <Field
                  at={at}
                  form="create"
                  name="days"
                  type="number"
                  min={1}
                  max={3660}
                  value={365}
                  label={t.tokens.days}
                  hint={t.tokens.daysHint}
                />
                <button type="submit">{t.tokens.createButton}</button>
              </Form>
            </section>
            <section class="sheet">
              <h2>{t.tokens.invite}</h2>
              <Form at={at} name="invite" class="stack" reasons={t.tokens.reasons}>
                <Bearer at={at} form="invite" hint={t.tokens.inviteHint} />
                <button type="submit">{t.tokens.inviteButton}</button>
              </Form>
            </section>
          </div>
          {at.c.get('access') === null ? null : (
            <p class="hint">
              <Words>{t.tokens.access}</Words>
            </p>
          )}
        </>
      ),
    }
  },
})

/** Whom a form names. "All sites" wins over single ones. */
function bearerOf(fields: FormData) {
  const sites = fields.getAll('sites').map(String)
  return { name: textOf(fields, 'name'), role: textOf(fields, 'role'), sites: sites.includes('*') ? '*' : sites }
}

function Secret(props: { readonly title: string; readonly text: string; readonly secret: string }) {
  return (
    <section class="sheet" role="status">
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      <pre class="secret">{props.secret}</pre>
    </section>
  )
}

type Token = z.infer<typeof TokenShape>

function List({
  at,
  tokens: found,
  bootstrap,
}: {
  readonly at: AnyAt
  readonly tokens: readonly Token[]
  readonly bootstrap: number | null
}) {
  const { t, f } = at
  const hour = (text: string): string => f.hours(hourOf(Date.parse(text)))
  const isOver = ({ expires, revoked }: Token): boolean => revoked !== null || (expires !== null && Date.parse(expires) <= at.now)
  const siteName = (id: string): string => at.sites.find((site) => site.id === id)?.name ?? id
  return (
    <Table
      title={t.tokens.title}
      heads={[
        t.tokens.name,
        t.tokens.role,
        t.tokens.sites,
        t.tokens.ends,
        t.tokens.used,
        [t.tokens.browsers, 'number'],
        [t.tokens.actions, 'hidden'],
      ]}
    >
      {bootstrap === null ? null : (
        <tr>
          <th scope="row">
            {t.tokens.first}
            <small>
              <Words>{t.tokens.firstHint}</Words>
            </small>
          </th>
          <td>{t.frame.roles.owner}</td>
          <td>{t.tokens.all}</td>
          <td>–</td>
          <td>–</td>
          <td class="number">{f.number(bootstrap)}</td>
          <td>
            <SignOut at={at} id={OWNER.id} name={t.tokens.first} browsers={bootstrap} />
          </td>
        </tr>
      )}
      {found.map((token) => (
        <tr class={isOver(token) ? 'ended' : undefined}>
          <th scope="row">
            {token.name}
            {token.id === at.principal.id ? <span class="tag">{t.tokens.you}</span> : null}
            <small>{t.tokens.since(f.day(token.created, 'year'))}</small>
          </th>
          <td>{t.frame.roles[token.role]}</td>
          <td>{token.sites === '*' ? t.tokens.all : f.list(token.sites.map(siteName))}</td>
          <td>
            {token.revoked !== null
              ? t.tokens.revoked(f.day(token.revoked.slice(0, 10), 'year'))
              : token.expires === null
                ? t.tokens.never
                : f.day(token.expires.slice(0, 10), 'year')}
          </td>
          <td>{token.lastUsed === null ? t.tokens.unused : hour(token.lastUsed)}</td>
          <td class="number">{f.number(token.browsers)}</td>
          <td>
            {isOver(token) ? null : (
              <div class="acts">
                <SignOut at={at} id={token.id} name={token.name} browsers={token.browsers} />
                <Careful
                  at={at}
                  name="revoke"
                  id={`revoke-${token.id}`}
                  with={{ token: token.id }}
                  summary={t.tokens.revoke}
                  text={t.tokens.revokeText(token.name)}
                  tick={t.tokens.revokeTick}
                  button={t.tokens.revoke}
                />
              </div>
            )}
          </td>
        </tr>
      ))}
    </Table>
  )
}

function SignOut({
  at,
  id,
  name,
  browsers,
}: {
  readonly at: AnyAt
  readonly id: string
  readonly name: string
  readonly browsers: number
}) {
  if (browsers === 0) return null
  return (
    <Form at={at} name="signOut" with={{ token: id }}>
      <button type="submit" class="quiet">
        {at.t.tokens.signOut}
        <span class="hidden"> {name}</span>
      </button>
    </Form>
  )
}

/** Name, role and sites of who is let in. Only sites of the reader's own can be given away. */
function Bearer({ at, form, hint }: { readonly at: AnyAt; readonly form: 'create' | 'invite'; readonly hint: string }) {
  const { t } = at
  const chosen = at.refused?.form === form ? at.refused.fields.getAll('sites').map(String) : at.site === null ? [] : [at.site.id]
  const role = typed(at, form, 'role', 'viewer')
  return (
    <>
      <Field at={at} form={form} name="name" label={t.tokens.name} hint={hint} required={true} maxlength={60} autocomplete="off" />
      <fieldset>
        <legend>{t.tokens.role}</legend>
        {ROLES.map((each) => (
          <div class="check">
            <input
              type="radio"
              id={`${form}-${each}`}
              name="role"
              value={each}
              checked={each === role}
              aria-describedby={`${form}-${each}-hint`}
            />
            <label for={`${form}-${each}`}>{t.frame.roles[each]}</label>
            <p class="hint" id={`${form}-${each}-hint`}>
              {t.tokens.roles[each]}
            </p>
          </div>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t.tokens.sites}</legend>
        {at.sites.map(({ id, name }) => (
          <Check id={`${form}-site-${id}`} name="sites" value={id} label={name} checked={chosen.includes(id)} />
        ))}
        {at.principal.sites === '*' ? (
          <Check id={`${form}-sites`} name="sites" value="*" label={t.tokens.all} checked={chosen.includes('*')} hint={t.tokens.allHint} />
        ) : null}
      </fieldset>
    </>
  )
}

import { unreachedHosts } from '../../../ledger/sites.ts'
import { CONSENT_TOOLS, type ConsentTool, gatedLine, plainLine, selfHostedLine } from '../../installation/forms.ts'
import { SNIPPET_INTEGRITY } from '../../snippet-integrity.ts'
import type { At } from '../page.tsx'
import { Check, Choice } from '../parts/form.tsx'
import { Words } from '../parts/words.tsx'
import type { SiteBody } from './draft.ts'

/** The line to paste, in its three forms; which consent tool and whether pinned stand in the address. */
export function Lines({ at, body }: { readonly at: At; readonly body: SiteBody }) {
  const { t, query, site } = at
  const words = t.sites.line
  const [endpoint] = body.endpointHosts
  const tool = isTool(query.tool) ? query.tool : 'cookiebot'
  const pinned = query.pinned === 'yes'
  const of = { endpoint: endpoint ?? 't.example.com', basis: site.basis, pinned }
  const forms = [
    { name: words.plain, text: words.plainText, line: plainLine(of) },
    { name: words.gated, text: [words.gatedText, words.gatedIn[tool] ?? ''].join(' '), line: gatedLine(of, tool) },
    { name: words.self, text: words.selfText, line: selfHostedLine(of) },
  ]
  return (
    <section class="sheet" id="line">
      <h2>{words.title}</h2>
      <p>
        <Words>{words.lead}</Words>
      </p>
      {endpoint === undefined ? (
        <p class="warning">
          <Words>{words.noEndpoint}</Words>
        </p>
      ) : null}
      <form method="get" action={at.c.req.path} class="row">
        <input type="hidden" name="site" value={site.id} />
        <Choice
          id="line-tool"
          name="tool"
          label={words.tool}
          options={(Object.keys(CONSENT_TOOLS) as ConsentTool[]).map((each) => [each, CONSENT_TOOLS[each].name])}
          value={tool}
        />
        <Check id="line-pinned" name="pinned" label={words.pinned} checked={pinned} />
        <button type="submit" class="second">
          {words.show}
        </button>
      </form>
      {forms.map(({ name, text, line }) => (
        <>
          <h3>{name}</h3>
          <p class="hint">
            <Words>{text}</Words>
          </p>
          <pre>
            <code>{line}</code>
          </pre>
        </>
      ))}
      {pinned ? (
        <>
          <p class="hint">{words.pinnedHint}</p>
          <dl class="facts">
            {Object.entries(SNIPPET_INTEGRITY).map(([file, hash]) => (
              <div>
                <dt>{words.hash(file)}</dt>
                <dd>
                  <code>{hash}</code>
                </dd>
              </div>
            ))}
          </dl>
        </>
      ) : null}
      <p class="hint">{words.more}</p>
    </section>
  )
}

/** Pages whose visitors the opt-out cookie cannot reach. */
export function Unreached({ at, body }: { readonly at: At; readonly body: SiteBody }) {
  return (
    <>
      {unreachedHosts(body).map((page) => (
        <p class="warning">{at.t.sites.unreached(page)}</p>
      ))}
    </>
  )
}

const isTool = (text: string | undefined): text is ConsentTool => text !== undefined && Object.hasOwn(CONSENT_TOOLS, text)

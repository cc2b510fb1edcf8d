import { html, nothing } from "/webjars/lit-html/lit-html.js";
import { ago, count, size, whole } from "/text.js";

const REASONS = { schedule: "on schedule", failover: "after a failover", request: "at a person's request" };

export function backups(fleet, now) {
  const sources = [...fleet.backups.keys()].sort(
    (a, b) => rank(fleet, a) - rank(fleet, b) || a.localeCompare(b),
  );
  return html`<section aria-labelledby="backups">
    <h2 id="backups">Backups</h2>
    ${sources.length === 0 ? html`<p class="empty">None was made yet.</p>` : nothing}
    ${sources.map((source) => card(source, fleet.verified.get(source), fleet.backups.get(source), now))}
  </section>`;
}

const BAD = ["io.echopilot.backup.failed.v1", "io.echopilot.backup.verification-failed.v1"];

/** Worst first: what failed, then what was never proved. */
function rank(fleet, source) {
  if (BAD.includes(fleet.backups.get(source).type)) return 0;
  return fleet.verified.has(source) ? 2 : 1;
}

function card(source, verified, last, now) {
  const bad = BAD.includes(last.type);
  return html`<article class="card ${bad ? "bad" : verified ? "good" : "warn"}" aria-label="backups of ${source}">
    <h3>
      ${source}
      ${verified
        ? html`<span class="pill good">Verified</span> <small title=${whole(verified.at)}>${ago(verified.at, now)} ago</small>`
        : html`<span class="pill warn">Never verified</span>`}
    </h3>
    ${verified ? proof(verified) : nothing} ${progress(last, now)}
  </article>`;
}

function proof(verified) {
  const rows = verified.tables.reduce((sum, table) => sum + table.rows, 0);
  return html`<p>
      Restored and compared: ${count(verified.tables.length, "table")}, ${count(rows, "row")}, ${size(verified.bytes)}
      in storage, made ${REASONS[verified.reason]}.
    </p>
    <p><small>${verified.backup}</small></p>
    ${verified.queries.map((each) => html`<p><small><code>${each.query}</code> = ${each.result}</small></p>`)}`;
}

/** What goes on now, or went wrong last. */
function progress(last, now) {
  const when = html`<small title=${whole(last.at)}>(${ago(last.at, now)} ago)</small>`;
  switch (last.type) {
    case "io.echopilot.backup.started.v1":
      return html`<p class="note">${last.backup} is being dumped ${when}</p>`;
    case "io.echopilot.backup.interrupted.v1":
      return html`<p class="note warn">${last.backup} was interrupted and begins anew ${when}</p>`;
    case "io.echopilot.backup.completed.v1":
      return html`<p class="note">${last.backup} is stored and is being proved ${when}</p>`;
    case "io.echopilot.backup.failed.v1":
      return html`<p class="note bad"><strong>${last.backup} failed at ${last.step}:</strong> ${last.reason} ${when}</p>`;
    case "io.echopilot.backup.verification-failed.v1":
      return html`<p class="note bad"><strong>${last.backup} is not good (${last.step}):</strong> ${last.findings.join("; ")} ${when}</p>`;
    default:
      return nothing;
  }
}

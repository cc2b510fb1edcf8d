import { html, nothing } from "/webjars/lit-html/lit-html.js";
import { ago, count, days, STATES, until, whole } from "/text.js";

const OLD_AFTER = 180_000;

/** How the error budgets of a service fare: a row for each objective, a column for each place. */
export function budgets(fleet, service, now) {
  const all = [...(fleet.budgets.get(service.service)?.values() ?? [])];
  if (all.length === 0) return nothing;
  const places = [null, ...service.sites.map((site) => site.site)].filter((site) =>
    all.some((budget) => (budget.site ?? null) === site),
  );
  const objectives = [...new Set(all.map((budget) => budget.slo))].sort();
  return html`<h4>Error budgets</h4>
    <div class="scroll" tabindex="0" role="region" aria-label="error budgets of ${service.service}">
      <table>
        <thead>
          <tr><th scope="col">Objective</th>${places.map((site) => html`<th scope="col">${site ?? "for users"}</th>`)}</tr>
        </thead>
        <tbody>
          ${objectives.map((slo) => row(slo, places, all, now))}
        </tbody>
      </table>
    </div>`;
}

function row(slo, places, all, now) {
  const of = all.filter((budget) => budget.slo === slo);
  const { objective, window } = of[0];
  return html`<tr>
    <th scope="row">${slo}<br><small>${objective} % over ${count(days(window), "day")}</small></th>
    ${places.map((site) => html`<td>${budget(of.find((each) => (each.site ?? null) === site), now)}</td>`)}
  </tr>`;
}

function budget(status, now) {
  if (!status) return nothing;
  if (now - Date.parse(status.at) > OLD_AFTER) {
    return html`<span class="vote none"><span aria-hidden="true">?</span> not told for ${ago(status.at, now)}</span>`;
  }
  const { sign, tone, name } = STATES[status.state] ?? STATES.other;
  const left = status.state === "no-data" ? name : standing(status.budgetLeft, name);
  return html`<span class="vote ${tone}" title="as of ${whole(status.at)}"><span aria-hidden="true">${sign}</span> ${left}</span>
    <small>${status.state === "no-data" || status.burnRate === 0 ? nothing : `burns ${rate(status.burnRate)}`}${
      status.exhaustedAt ? html`, used up in ${until(status.exhaustedAt, now)}` : nothing
    }</small>`;
}

function standing(left, name) {
  if (left < 0) return `${percent(1 - left)} used`;
  return `${percent(left)} left${name ? `, ${name}` : ""}`;
}

/** Whole only where it is: what was lost of a nearly whole budget is not rounded away. */
function percent(share) {
  const value = share * 100;
  const exact = value > 99 && value < 100;
  return `${exact ? (Math.floor(value * 100) / 100).toFixed(2) : Math.round(value)} %`;
}

/** Relative to an even spend. */
function rate(burn) {
  return `${burn < 10 ? burn.toFixed(1) : Math.round(burn)}×`;
}

import { html, nothing } from "/webjars/lit-html/lit-html.js";
import { repeat } from "/webjars/lit-html/directives/repeat.js";
import { ago, clock, LEVELS, local, millis, PHASES, VOTES, whole } from "/text.js";
import { budgets } from "/views/budgets.js";
import { sparkline } from "/views/sparkline.js";

const OLD_SPANS = 3;
const OLD_AT_LEAST = 15_000;
const OVERDUE_AFTER = 10_000;

export function services(fleet, now) {
  const sorted = [...fleet.services.values()].sort(
    (a, b) => severity(fleet, a) - severity(fleet, b) || a.service.localeCompare(b.service),
  );
  return html`<section aria-labelledby="services">
    <h2 id="services">Services</h2>
    ${sorted.length === 0 ? html`<p class="empty">None yet. Write one into services.yaml.</p>` : nothing}
    ${repeat(sorted, (service) => service.service, (service) => card(fleet, service, now))}
  </section>`;
}

/** Lower is worse: first what people are told of, then what the phase says. */
function severity(fleet, service) {
  const level = Math.max(
    0,
    ...[...fleet.incidents.values()]
      .filter((incident) => incident.service === service.service)
      .map((incident) => LEVELS[incident.level].number),
  );
  return PHASES[service.phase].rank - 10 * level;
}

function card(fleet, service, now) {
  const phase = PHASES[service.phase];
  const summaries = fleet.summaries.get(service.service) ?? [];
  return html`<article class="card ${phase.tone}" aria-label="service ${service.service}">
    <h3>
      ${service.service}
      <span class="pill ${phase.tone}">${phase.name}</span>
      <small title=${whole(service.since)}>for ${ago(service.since, now)}</small>
    </h3>
    <p class="route">
      Traffic goes to <strong>${service.route.site ?? "a site that is not known"}</strong>
      ${service.target ? html`and is being moved to <strong>${service.target}</strong>` : nothing}
      <small>epoch ${service.route.epoch.generation}.${service.route.epoch.counter}${owner(fleet, service)}</small>
    </p>
    ${stale(summaries, now)} ${overdue(service, now)}
    <div class="scroll" tabindex="0" role="region" aria-label="sites of ${service.service}">
      <table>
        <thead>
          <tr><th scope="col">Site</th><th scope="col">Votes</th><th scope="col">Latency</th></tr>
        </thead>
        <tbody>
          ${service.sites.map((site) => row(service, site, summaries, now))}
        </tbody>
      </table>
    </div>
    ${budgets(fleet, service, now)}
    ${sentences("Why", service.why, now)} ${sentences("Why not yet", service.whyNotYet, now)}
  </article>`;
}

function owner(fleet, service) {
  const name = fleet.owners.get(service.service);
  return name ? `, owner ${name}` : "";
}

function row(service, site, summaries, now) {
  return html`<tr>
    <th scope="row">
      ${site.site} ${site.site === service.route.site ? html`<span class="pill">serves</span>` : nothing}
    </th>
    <td>
      ${vote(site.vote, site.vote)}
      <ul class="votes">
        ${site.locations.map(
          (location) => html`<li title=${location.finding ?? "no result yet"}>
            ${vote(location.vote, location.location)} ${reason(location, now)}
          </li>`,
        )}
      </ul>
      ${site.notes.map((note) => html`<p class="note">${note}</p>`)}
    </td>
    <td>${sparkline(site.site, summaries)}</td>
  </tr>`;
}

/** Why a location does not vote up: to be read without a pointer. */
function reason({ vote: value, finding }, now) {
  return value === "up" || !finding ? nothing : html`<span class="note">${local(finding, now)}</span>`;
}

function vote(value, label) {
  const { sign, tone } = VOTES[value];
  return html`<span class="vote ${tone}"><span aria-hidden="true">${sign}</span>${value === label ? nothing : html`<span class="unseen">${value}: </span>`} ${label}</span>`;
}

function sentences(title, list, now) {
  if (list.length === 0) return nothing;
  return html`<div class="why">
    <h4>${title}</h4>
    <ul>${list.map((sentence) => html`<li title=${sentence}>${local(sentence, now)}</li>`)}</ul>
  </div>`;
}

/** Whether nothing was probed for a while. */
export function isSilent(fleet, service, now) {
  const last = fleet.summaries.get(service.service)?.at(-1);
  return last !== undefined && silentSince(last, now) !== null;
}

function silentSince(last, now) {
  const until = Date.parse(last.from) + millis(last.span);
  return now - until < Math.max(OLD_SPANS * millis(last.span), OLD_AT_LEAST) ? null : new Date(until).toISOString();
}

/** Probers that fell silent leave the last word standing; it is said to be old. */
function stale(summaries, now) {
  const last = summaries.at(-1);
  if (!last) return html`<p class="note">No summary of probe results yet.</p>`;
  const since = silentSince(last, now);
  if (since === null) return nothing;
  return html`<p class="note warn">
    <strong>No probe results for ${ago(since, now)}.</strong> Do the probers run?
  </p>`;
}

/** What was due and did not come: the sentences of the card are old. */
function overdue(service, now) {
  if (!service.nextDeadline || now - Date.parse(service.nextDeadline) < OVERDUE_AFTER) return nothing;
  return html`<p class="note warn">
    <strong>The next step was due at ${clock(service.nextDeadline, now)} and did not come.</strong> Does failover-service run?
  </p>`;
}

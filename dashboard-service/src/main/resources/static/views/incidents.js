import { html, nothing } from "/webjars/lit-html/lit-html.js";
import { repeat } from "/webjars/lit-html/directives/repeat.js";
import { ago, clock, count, LEVELS, whole } from "/text.js";

export function incidents(fleet, now) {
  const open = [...fleet.incidents.values()].sort(
    (a, b) => LEVELS[b.level].number - LEVELS[a.level].number || Date.parse(b.openedAt) - Date.parse(a.openedAt),
  );
  const over = [...fleet.resolved.values()].reverse();
  return html`<section aria-labelledby="incidents">
    <h2 id="incidents">Incidents</h2>
    ${open.length === 0 ? html`<p class="empty">None is open.</p>` : nothing}
    ${repeat(open, (incident) => incident.id, (incident) => card(incident, now))}
    ${over.length === 0
      ? nothing
      : html`<details class="over">
          <summary>${count(over.length, "incident")} resolved of late</summary>
          ${repeat(over, (incident) => incident.id, (incident) => past(incident, now))}
        </details>`}
  </section>`;
}

function card(incident, now) {
  const level = LEVELS[incident.level];
  return html`<article class="card ${level.tone}" tabindex="-1" id="incident=${incident.id}" aria-label="incident ${incident.id}">
    <h3>
      <span class="pill ${level.tone}">Level ${level.number}</span> ${incident.service}: ${incident.title}
    </h3>
    <p><small title=${whole(incident.openedAt)}>${level.name}, open for ${ago(incident.openedAt, now)}, ${incident.id}</small></p>
    ${story(incident, now)}
  </article>`;
}

function past(incident, now) {
  return html`<article class="past" tabindex="-1" id="incident=${incident.id}" aria-label="incident ${incident.id}">
    <h3>${incident.service}: ${incident.title}</h3>
    <p><small>${clock(incident.openedAt, now)} to ${clock(incident.updatedAt, now)}, ${incident.id}</small></p>
    ${story(incident, now)}
  </article>`;
}

function story(incident, now) {
  return html`<ol class="story">
    ${incident.entries.map(
      (entry) => html`<li><time datetime=${entry.at} title=${whole(entry.at)}>${clock(entry.at, now)}</time> ${entry.text}</li>`,
    )}
  </ol>`;
}

import { html, nothing } from "/webjars/lit-html/lit-html.js";
import { repeat } from "/webjars/lit-html/directives/repeat.js";
import { clock, whole } from "/text.js";

const SHOWN = 100;

export function events(view, actions) {
  const all = view.held ?? view.fleet.recent;
  const waiting = view.held ? view.fleet.recent.filter((entry) => entry.offset > (view.held[0]?.offset ?? -1)).length : 0;
  const words = view.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = all.filter((entry) => words.every((word) => haystack(entry).includes(word))).slice(0, SHOWN);
  return html`<section aria-labelledby="events">
    <h2 id="events">Events</h2>
    <div class="tools">
      <label class="unseen" for="filter">Show only events with</label>
      <input id="filter" type="search" placeholder="Filter: service, words, type" .value=${view.filter}
        @input=${(event) => actions.filter(event.target.value)}>
      <button aria-pressed=${view.held ? "true" : "false"} @click=${actions.pause}>
        ${view.held ? `Go on${waiting ? ` (${waiting} new)` : ""}` : "Pause"}
      </button>
    </div>
    ${shown.length === 0 ? html`<p class="empty">${words.length ? "No event has these words." : "None yet."}</p>` : nothing}
    <ol class="events">
      ${repeat(shown, (entry) => entry.offset, (entry) => row(entry, view.now))}
    </ol>
  </section>`;
}

function haystack(entry) {
  return `${entry.subject} ${entry.text} ${entry.type}`.toLowerCase();
}

/** The record itself is made only for one that is opened. */
function row(entry, now) {
  return html`<li>
    <details @toggle=${(event) => show(event.target, entry)}>
      <summary>
        <time datetime=${entry.time} title=${whole(entry.time)}>${clock(entry.time, now)}</time>
        <strong>${entry.subject}</strong> ${entry.text}
      </summary>
      <p><small>${entry.type}, ${entry.origin ?? `echopilot.timeline-0@${entry.offset}`}</small></p>
      <pre tabindex="0" aria-label="the event's data"></pre>
    </details>
  </li>`;
}

function show(details, entry) {
  details.querySelector("pre").textContent = details.open ? JSON.stringify(entry.data, null, 2) : "";
}

import { html, nothing } from "/webjars/lit-html/lit-html.js";
import { ago, AWAY, clock, count, LEVELS, PHASES } from "/text.js";
import { isSilent, services } from "/views/services.js";
import { incidents } from "/views/incidents.js";
import { backups } from "/views/backups.js";
import { events } from "/views/events.js";

export function page(view, timeline, actions) {
  const { fleet, now } = view;
  const { tone, text } = verdict(fleet, timeline, now);
  return html`
    <header>
      <p class="brand">EchoPilot DR</p>
      <p class="verdict ${tone}" role="status">${text}</p>
      ${connection(timeline)}
      <p class="session">${view.session?.user ?? ""} <button @click=${actions.signOut}>Sign out</button></p>
    </header>
    <div role="alert">${trouble(timeline, now)}${absent(timeline, now)}</div>
    ${view.missed ? gap(actions) : nothing}
    <main>
      <h1 class="unseen">EchoPilot DR: services, incidents, backups and events</h1>
      <div class="first">${incidents(fleet, now)} ${services(fleet, now)}</div>
      <div class="second">${backups(fleet, now)} ${events(view, actions)}</div>
    </main>`;
}

/** The one sentence for whoever looks for five seconds. */
function verdict(fleet, timeline, now) {
  const known = judged(fleet);
  const doubt = known.tone === "good" ? doubted(fleet, timeline, now) : null;
  return doubt ? { tone: "warn", text: `Not known to be well: ${doubt}` } : known;
}

function judged(fleet) {
  const open = [...fleet.incidents.values()];
  const all = [...fleet.services.values()];
  const worst = open.map((incident) => LEVELS[incident.level]).sort((a, b) => b.number - a.number)[0];
  if (worst) {
    return {
      tone: worst.tone,
      text: `${count(open.length, "open incident")}, ${open.length === 1 ? "" : "the worst at "}level ${worst.number}: ${worst.name}`,
    };
  }
  const unsettled = all.filter((service) => PHASES[service.phase]?.tone !== "good");
  if (unsettled.length > 0) {
    return { tone: "warn", text: `${count(unsettled.length, "service needs", "services need")} attention` };
  }
  if (all.length === 0) return { tone: "none", text: "No service is protected yet" };
  return { tone: "good", text: all.length === 1 ? "The service is well" : `All ${all.length} services are well` };
}

/** Why what was well may be so no more; null when it is as fresh as it can be. */
function doubted(fleet, timeline, now) {
  if (timeline.lost) return "not connected";
  if (timeline.beat?.kafkaAnswers === false) return "Kafka is away";
  const silent = away(timeline).find(({ application }) => AWAY[application]?.blinds);
  if (silent) return `${silent.application} is silent`;
  const all = [...fleet.services.values()];
  const unseen = all.filter((service) => isUnseen(service) || isSilent(fleet, service, now));
  if (unseen.length === 0) return null;
  return all.length === 1 ? "too few locations see it" : `too few locations see ${count(unseen.length, "service")}`;
}

function isUnseen(service) {
  return service.sites.find((site) => site.site === service.route.site)?.vote === "unknown";
}

function away(timeline) {
  return timeline.beat?.away ?? [];
}

/** Who of the fleet was not heard from, and what that means. */
function absent(timeline, now) {
  if (timeline.lost) return nothing;
  return away(timeline).map(
    ({ application, lastHeard }) => html`<p class="banner ${AWAY[application]?.tone ?? "warn"}">
      <strong>${application}
        ${lastHeard ? `was last heard at ${clock(lastHeard, now)}.` : "has not been heard from."}</strong>
      ${AWAY[application]?.means ?? nothing}
    </p>`,
  );
}

function connection(timeline) {
  if (timeline.lost) return html`<p class="live bad"><span aria-hidden="true">○</span> not connected</p>`;
  if (timeline.beat?.kafkaAnswers === false) {
    return html`<p class="live warn"><span aria-hidden="true">○</span> Kafka is away</p>`;
  }
  return html`<p class="live good"><span aria-hidden="true">●</span> live</p>`;
}

/** What is shown may be old: said plainly, with since when. */
function trouble(timeline, now) {
  if (timeline.lost) {
    return html`<p class="banner bad">
      <strong>The connection to the dashboard is lost.</strong> What you see is of
      ${clock(timeline.lostSince, Date.now())}. Trying again; nothing will be missed.
    </p>`;
  }
  const beat = timeline.beat;
  if (beat && !beat.kafkaAnswers) {
    return html`<p class="banner warn">
      <strong>Kafka does not answer the dashboard.</strong> What you see is of ${clock(beat.answeredAt, now)}
      (${ago(beat.answeredAt, now)} ago). Traffic that was moved stays where it is.
    </p>`;
  }
  if (beat && beat.behind > 500) {
    return html`<p class="banner warn">
      <strong>The dashboard is ${beat.behind.toLocaleString()} entries behind.</strong> What you see is old, and catching up.
    </p>`;
  }
  return nothing;
}

function gap(actions) {
  return html`<p class="banner none">
    You were away for longer than the timeline is held here: the list of events has a gap, all else is as of now.
    <button @click=${actions.dismissGap}>Close</button>
  </p>`;
}

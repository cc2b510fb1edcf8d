import { render } from "/webjars/lit-html/lit-html.js";
import { Fleet } from "/fleet.js";
import { Timeline } from "/timeline.js";
import { page } from "/views/page.js";

const view = { fleet: null, session: null, now: Date.now(), filter: "", held: null, missed: false };

const timeline = new Timeline({
  snapshot: (snapshot) => {
    view.fleet = Fleet.of(snapshot);
    draw();
  },
  entry: (entry) => {
    view.fleet?.next(entry);
    draw();
  },
  gap: () => {
    view.missed = true;
  },
  seen: () => view.fleet?.seen ?? null,
});

const actions = {
  filter: (text) => {
    view.filter = text;
    draw();
  },
  /** The list of events stands still while somebody reads it. */
  pause: () => {
    view.held = view.held ? null : [...view.fleet.recent];
    draw();
  },
  dismissGap: () => {
    view.missed = false;
    draw();
  },
  signOut: async () => {
    await fetch("/logout", { method: "POST", headers: { [view.session.csrfHeader]: view.session.csrf } });
    location.assign("/login");
  },
};

const place = document.getElementById("page");
let begun = false;
let due = false;

/** At most once per frame, however many events come. */
function draw() {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    view.now = Date.now() + timeline.skew;
    if (!view.fleet) return;
    if (!begun) place.replaceChildren();
    render(page(view, timeline, actions), place);
    if (!begun) reveal();
    begun = true;
  });
}

/** A message's button leads to its incident, also when that is over by now. */
function reveal() {
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const over = wanted?.closest("details");
  if (over) over.open = true;
  wanted?.scrollIntoView({ block: "center" });
  wanted?.focus();
}

addEventListener("hashchange", reveal);

const answer = await fetch("/api/v1/session");
if (answer.status === 401) location.assign(`/login${location.hash}`);
view.session = await answer.json();
setInterval(draw, 1_000);
draw();

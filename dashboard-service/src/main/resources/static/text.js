// How times, sizes and states are told to a person.

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });
const WHOLE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long", hourCycle: "h23" });

/** Time of day, with the day when it is another one. */
export function clock(instant, now) {
  const at = new Date(instant);
  const time = CLOCK.format(at);
  return at.toDateString() === new Date(now).toDateString() ? time : `${DAY.format(at)} ${time}`;
}

const MOMENT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z\b/g;

/** A sentence with its moments as the reader's clock shows them. */
export function local(sentence, now) {
  return sentence.replace(MOMENT, (moment) => clock(moment, now));
}

/** In full, for a title. */
export function whole(instant) {
  return WHOLE.format(new Date(instant));
}

/** How long ago, as coarse as a person would say it. */
export function ago(instant, now) {
  const seconds = Math.max(0, Math.round((now - Date.parse(instant)) / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 36 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** How long until then. */
export function until(instant, now) {
  return ago(new Date(now).toISOString(), Date.parse(instant));
}

/** Whole days of an ISO 8601 duration such as PT720H. */
export function days(duration) {
  return Math.round(millis(duration) / 86_400_000);
}

/** Milliseconds of an ISO 8601 duration such as PT1M2.5S. */
export function millis(duration) {
  const parts = /^PT(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?$/.exec(duration);
  if (!parts) return NaN;
  const [hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

export function latency(ms) {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

export function size(bytes) {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString()} ${number === 1 ? one : many}`;
}

/** What a phase is called, how bad it is (0 worst), and how it looks. */
export const PHASES = {
  blocked: { name: "Blocked", rank: 0, tone: "bad" },
  held: { name: "Held", rank: 1, tone: "bad" },
  unknown: { name: "Not known yet", rank: 2, tone: "warn" },
  switching: { name: "Switching", rank: 3, tone: "warn" },
  "failed-over": { name: "Failed over", rank: 4, tone: "warn" },
  suspect: { name: "Suspect", rank: 5, tone: "warn" },
  "switching-back": { name: "Switching back", rank: 6, tone: "warn" },
  recovering: { name: "Recovering", rank: 7, tone: "warn" },
  observing: { name: "Observing", rank: 8, tone: "good" },
  steady: { name: "Steady", rank: 9, tone: "good" },
};

export const LEVELS = {
  "total-outage": { number: 3, name: "total outage", tone: "bad" },
  "partial-outage": { number: 2, name: "partial outage", tone: "warn" },
  degraded: { number: 1, name: "degraded", tone: "warn" },
};

/** A vote is told by its sign and its word, never by colour alone. */
export const VOTES = {
  up: { sign: "✓", tone: "good" },
  down: { sign: "✗", tone: "bad" },
  unknown: { sign: "?", tone: "none" },
};

/** How an error budget fares. */
export const STATES = {
  ok: { sign: "✓", tone: "good", name: "" },
  burning: { sign: "✗", tone: "bad", name: "burns too fast" },
  exhausted: { sign: "✗", tone: "bad", name: "used up" },
  "no-data": { sign: "?", tone: "none", name: "no data" },
  other: { sign: "?", tone: "none", name: "not known to this page" },
};

/** What it means that an application is away, and whether what is shown of services is old then. */
export const AWAY = {
  "failover-service": {
    tone: "bad",
    blinds: true,
    means: "Nothing is decided and no traffic is moved while it is away; its services are shown as they were.",
  },
  "prober-service": {
    tone: "bad",
    blinds: true,
    means: "Nobody looks at the sites. Votes turn unknown, and traffic stays where it is.",
  },
  "alert-service": {
    tone: "bad",
    blinds: false,
    means: "Nobody is told of anything while it is away, and incidents are shown as they were.",
  },
  "backup-service": { tone: "warn", blinds: false, means: "No backup is made or proved while it is away." },
};

// What is known of everything: each event carries the whole of what it is about, so the newest one is enough.

const SUMMARIES = 60;
const RECENT = 200;
const RESOLVED = 20;

export class Fleet {
  services = new Map();
  owners = new Map();
  summaries = new Map();
  /** By service, then by objective and site. */
  budgets = new Map();
  incidents = new Map();
  resolved = new Map();
  backups = new Map();
  verified = new Map();
  recent = [];
  /** Offset of the newest entry of the timeline that was taken in; null before there was one. */
  seen = null;

  static of(snapshot) {
    const fleet = new Fleet();
    snapshot.board.forEach((entry) => fleet.#take(entry));
    fleet.recent = snapshot.recent.filter((entry) => entry.text);
    fleet.seen = snapshot.offset;
    return fleet;
  }

  /** Takes in the next entry of the timeline; one that was seen is left out. */
  next(entry) {
    if (this.seen !== null && entry.offset <= this.seen) return;
    this.seen = entry.offset;
    this.#take(entry);
    if (entry.text) {
      this.recent.unshift(entry);
      this.recent.length = Math.min(this.recent.length, RECENT);
    }
  }

  #take({ type, subject, data }) {
    switch (type) {
      case "io.echopilot.service.defined.v1":
        this.owners.set(subject, data.definition.owner);
        this.#promises(subject, data.definition);
        break;
      case "io.echopilot.service.removed.v1":
        [this.services, this.owners, this.summaries, this.budgets].forEach((each) => each.delete(subject));
        break;
      case "io.echopilot.failover.state.v1":
        this.services.set(subject, data);
        break;
      case "io.echopilot.probes.summarized.v1":
        this.#summary(subject, data);
        break;
      case "io.echopilot.slo.status.v1":
        this.#budgetsOf(subject).set(`${data.slo}/${data.site ?? ""}`, data);
        break;
      case "io.echopilot.incident.opened.v1":
      case "io.echopilot.incident.updated.v1":
        this.incidents.set(subject, data.incident);
        break;
      case "io.echopilot.incident.resolved.v1":
        this.incidents.delete(subject);
        this.resolved.delete(subject);
        this.resolved.set(subject, data.incident);
        while (this.resolved.size > RESOLVED) this.resolved.delete(this.resolved.keys().next().value);
        break;
      case "io.echopilot.backup.verified.v1":
        this.verified.set(subject, data);
        this.backups.set(subject, { type, ...data });
        break;
      default:
        if (type.startsWith("io.echopilot.backup.") && data.at && type !== "io.echopilot.backup.requested.v1") {
          this.backups.set(subject, { type, ...data });
        }
    }
  }

  /** What is promised no more has no budget. */
  #promises(service, definition) {
    const sites = ["", ...definition.sites.map((site) => site.id)];
    const kept = new Set((definition.slos ?? []).flatMap((slo) => sites.map((site) => `${slo.id}/${site}`)));
    const all = this.#budgetsOf(service);
    [...all.keys()].filter((key) => !kept.has(key)).forEach((key) => all.delete(key));
  }

  #budgetsOf(service) {
    if (!this.budgets.has(service)) this.budgets.set(service, new Map());
    return this.budgets.get(service);
  }

  #summary(service, data) {
    const all = this.summaries.get(service) ?? [];
    all.push(data);
    this.summaries.set(service, all.slice(-SUMMARIES));
  }
}

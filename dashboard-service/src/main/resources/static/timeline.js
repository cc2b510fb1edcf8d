// The live stream: opened again wherever it ended, and honest about it.

const SILENT_AFTER = 6_000;
const AGAIN_AFTER = 10_000;

export class Timeline {
  #source = null;
  #heard = performance.now();
  #opened = 0;
  #on;
  /** The last beat: whether Kafka answers the dashboard, by the dashboard's clock. */
  beat = null;
  /** How far the dashboard's clock is ahead of this one's, in milliseconds. */
  skew = 0;

  /** Handlers: snapshot, entry, gap, and seen, which tells up to which offset all was taken in. */
  constructor(handlers) {
    this.#on = handlers;
    this.#open();
    setInterval(() => this.#watch(), 1_000);
    addEventListener("online", () => this.#open());
  }

  /** Nothing was heard for so long that what is shown may be old. */
  get lost() {
    return performance.now() - this.#heard > SILENT_AFTER || this.#source.readyState === EventSource.CLOSED;
  }

  /** Since when nothing was heard, by this clock. */
  get lostSince() {
    return Date.now() - (performance.now() - this.#heard);
  }

  #open() {
    this.#source?.close();
    this.#opened = performance.now();
    const seen = this.#on.seen();
    this.#source = new EventSource(seen === null ? "/api/v1/timeline" : `/api/v1/timeline?after=${seen}`);
    for (const name of ["snapshot", "entry", "gap"]) {
      this.#source.addEventListener(name, (event) => this.#hear(() => this.#on[name](JSON.parse(event.data))));
    }
    this.#source.addEventListener("beat", (event) => this.#hear(() => this.#take(JSON.parse(event.data))));
  }

  #take(beat) {
    this.beat = beat;
    if (beat) this.skew = Date.parse(beat.at) - Date.now();
  }

  #hear(what) {
    this.#heard = performance.now();
    what();
  }

  async #watch() {
    if (this.lost && performance.now() - Math.max(this.#heard, this.#opened) > AGAIN_AFTER) {
      if (await signedOut()) location.assign(`/login${location.hash}`);
      else this.#open();
    }
  }
}

async function signedOut() {
  try {
    return (await fetch("/api/v1/session")).status === 401;
  } catch {
    return false;
  }
}

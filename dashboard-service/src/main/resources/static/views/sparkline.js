import { html, svg } from "/webjars/lit-html/lit-html.js";
import { latency, millis } from "/text.js";

const WIDTH = 180;
const HEIGHT = 32;
const POINTS = 60;
const LEAST_SCALE = 10;

/** Mean latency per summary, newest at the right; a span with failures is marked at the foot. */
export function sparkline(site, summaries) {
  const points = summaries.slice(-POINTS).map((summary) => point(summary, site));
  const known = points.filter((each) => each.mean !== null);
  const last = known.at(-1);
  const failed = points.reduce((sum, each) => sum + each.failed, 0);
  const worst = Math.max(LEAST_SCALE, ...known.map((each) => each.mean));
  const label = last
    ? `${site}: latest mean latency ${latency(last.mean)}, highest ${latency(Math.max(...known.map((each) => each.mean)))}, ${failed} failed probes`
    : `${site}: no successful probe yet, ${failed} failed`;
  return html`<span class="latency">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${label}>
      <line class="base" x1="2" x2=${WIDTH - 2} y1=${HEIGHT - 4.5} y2=${HEIGHT - 4.5} />
      ${lines(points, worst)} ${points.map((each, i) => mark(each, i, points.length))}
    </svg>
    <span>${last && points.at(-1).mean !== null ? latency(last.mean) : "no success"}</span>
  </span>`;
}

function point(summary, site) {
  const found = summary.sites.find((each) => each.site === site);
  return {
    mean: found?.mean ? millis(found.mean) : null,
    failed: found?.failed ?? 0,
  };
}

const x = (i, length) => WIDTH - 2 - (length - 1 - i) * ((WIDTH - 4) / (POINTS - 1));
const y = (mean, worst) => HEIGHT - 6 - (mean / worst) * (HEIGHT - 10);

/** One line per run of answers: where nothing answered there is nothing to draw through. */
function lines(points, worst) {
  const runs = [];
  points.forEach((each, i) => {
    if (each.mean === null) return;
    if (i === 0 || points[i - 1].mean === null) runs.push([]);
    runs.at(-1).push(`${x(i, points.length).toFixed(1)},${y(each.mean, worst).toFixed(1)}`);
  });
  return runs.map((run) =>
    run.length === 1
      ? svg`<circle class="dot" cx=${run[0].split(",")[0]} cy=${run[0].split(",")[1]} r="1.5"/>`
      : svg`<polyline class="line" points=${run.join(" ")}/>`,
  );
}

function mark(each, i, length) {
  if (each.failed === 0) return "";
  return svg`<rect class="failed" x=${x(i, length) - 1.2} y=${HEIGHT - 4} width="2.4" height="4"/>`;
}

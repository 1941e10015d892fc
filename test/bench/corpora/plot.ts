// Line plots as SVG, readable on light and dark pages: text and grid take the page's colours by media query. Knows numbers, not what they mean.

/** A line of a plot. */
export interface Series {
  readonly name: string;
  readonly colour: string;
  /** Dashed lines are limits. */
  readonly dashed?: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A plot over logarithmic x; y logarithmic too when `logY`. */
export interface Plot {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly logY: boolean;
  readonly series: readonly Series[];
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [760, 400, 64, 170, 40, 52];

/** The plot as a document. The same plot gives the same bytes. */
export function plotSvg({ title, xLabel, yLabel, logY, series }: Plot): string {
  const points = series.flatMap((one) => one.points);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y).filter((y) => !logY || y > 0);
  const [x0, x1] = [Math.log10(Math.min(...xs)), Math.log10(Math.max(...xs))];
  const yTicks = logY ? powers(Math.min(...ys), Math.max(...ys)) : steps(Math.max(...ys));
  const scale = (y: number): number => (logY ? Math.log10(Math.max(y, yTicks[0] ?? 1)) : y);
  const [y0, y1] = [scale(yTicks[0] ?? 0), scale(yTicks.at(-1) ?? 1)];
  const atX = (x: number): number => LEFT + ((Math.log10(x) - x0) / Math.max(x1 - x0, 1e-9)) * (WIDTH - LEFT - RIGHT);
  const atY = (y: number): number => HEIGHT - BOTTOM - ((scale(y) - y0) / Math.max(y1 - y0, 1e-9)) * (HEIGHT - TOP - BOTTOM);
  const out: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(title)}">`,
    '<style>text{font:13px system-ui,sans-serif;fill:#24292f}.grid{stroke:#d0d7de}.axis{stroke:#57606a}.title{font-weight:600;font-size:15px}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#3d444d}.axis{stroke:#9198a1}}</style>',
    `<text class="title" x="${LEFT}" y="22">${escaped(title)}</text>`,
  ];
  for (const tick of yTicks) {
    const y = round(atY(tick));
    out.push(`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/>`, `<text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${short(tick)}</text>`);
  }
  for (const x of [...new Set(xs)].filter((value) => value >= 10 ** x0 * 0.99).sort((a, b) => a - b)) {
    out.push(`<line class="grid" x1="${round(atX(x))}" x2="${round(atX(x))}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM + 5}"/>`);
  }
  for (const tick of powers(10 ** x0, 10 ** x1)) if (Math.log10(tick) >= x0 && Math.log10(tick) <= x1) out.push(`<text x="${round(atX(tick))}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${short(tick)}</text>`);
  out.push(
    `<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM}"/>`,
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle">${escaped(xLabel)}</text>`,
    `<text transform="translate(18 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${escaped(yLabel)}</text>`,
  );
  series.forEach((one, at) => {
    const path = one.points.map(([x, y]) => `${round(atX(x))},${round(atY(y))}`).join(' ');
    const dash = one.dashed === true ? ' stroke-dasharray="6 5"' : '';
    out.push(`<polyline fill="none" stroke="${one.colour}" stroke-width="2"${dash} points="${path}"/>`);
    if (one.dashed !== true) for (const [x, y] of one.points) out.push(`<circle cx="${round(atX(x))}" cy="${round(atY(y))}" r="3" fill="${one.colour}"/>`);
    const y = TOP + 10 + at * 20;
    out.push(`<line x1="${WIDTH - RIGHT + 14}" x2="${WIDTH - RIGHT + 38}" y1="${y}" y2="${y}" stroke="${one.colour}" stroke-width="2"${dash}/>`, `<text x="${WIDTH - RIGHT + 44}" y="${y + 4}">${escaped(one.name)}</text>`);
  });
  return `${out.join('\n')}\n</svg>\n`;
}

/** Powers of ten around a range. */
function powers(from: number, to: number): number[] {
  const found: number[] = [];
  for (let power = Math.floor(Math.log10(from) + 1e-9); power <= Math.ceil(Math.log10(to) - 1e-9); power++) found.push(10 ** power);
  return found;
}

/** About five round values from 0 up. */
function steps(to: number): number[] {
  const raw = to / 5;
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * unit).find((one) => one >= raw) ?? raw;
  return Array.from({ length: Math.ceil(to / step) + 1 }, (_, at) => at * step);
}

function short(value: number): string {
  return value >= 1e6 ? `${value / 1e6} M` : value >= 1000 ? `${value / 1000} k` : String(Number(value.toPrecision(3)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}

'use strict';
// Draws the plots of a report from their data and sorts its tables. The page works without it: the
// pictures in <noscript> show the same. Nothing here asks the clock, chance or a network.
(() => {
  const WIDTH = 640, HEIGHT = 360, ROW = 42, CELL = 56;
  const escaped = text => String(text).replace(/[&<>"']/g, c => '&#' + c.charCodeAt(0) + ';');
  const measure = (() => {
    const pen = document.createElement('canvas').getContext('2d');
    return (text, size) => { pen.font = size + 'px system-ui, sans-serif'; return pen.measureText(text).width; };
  })();

  // Four significant digits, and no more zeros than they need.
  const digits = value => !isFinite(value) ? '–' : String(Number(value.toPrecision(4)));
  const colour = n => n === -1 ? 'var(--quiet)' : `var(--s${(n < 0 ? -2 - n : n) % 7})`;
  const MARKERS = [
    (x, y, r) => `<circle cx="${x}" cy="${y}" r="${r}"/>`,
    (x, y, r) => `<rect x="${x - .88 * r}" y="${y - .88 * r}" width="${1.76 * r}" height="${1.76 * r}"/>`,
    (x, y, r) => polygon(x, y, 1.15 * r, 3, -90),
    (x, y, r) => polygon(x, y, 1.15 * r, 4, 0),
    (x, y, r) => polygon(x, y, 1.15 * r, 3, 90),
    (x, y, r) => polygon(x, y, 1.1 * r, 5, -90)];
  function polygon(x, y, r, corners, start) {
    const points = [];
    for (let i = 0; i < corners; i++) {
      const angle = (start + 360 * i / corners) * Math.PI / 180;
      points.push((x + r * Math.cos(angle)).toFixed(1) + ',' + (y + r * Math.sin(angle)).toFixed(1));
    }
    return `<polygon points="${points.join(' ')}"/>`;
  }
  const marker = (n, x, y, r) => MARKERS[((n % 6) + 6) % 6](+x.toFixed(1), +y.toFixed(1), r);

  /** One axis between two places on the screen; what is shown of it can change. */
  class Scale {
    constructor(axis) {
      this.axis = axis;
      this.log = axis.scale === 'log' || axis.scale === 'percentile';
      this.named = axis.scale === 'names';
      this.whole = [this.bend(axis.low), this.bend(axis.high)];
      this.shown = this.whole.slice();
      const unit = /\(([^()]*)\)$/.exec(axis.title);
      this.unit = unit ? unit[1] : '';
    }
    bend(value) { return this.log ? Math.log10(value) : value; }
    unbend(value) { return this.log ? 10 ** value : value; }
    place(from, to) { this.from = from; this.to = to; return this; }
    // Data are in base units, the axis in its own.
    at(value) {
      const own = value / this.axis.unit;
      const bent = this.log ? Math.log10(Math.max(own, 1e-300)) : own;
      return this.from + (bent - this.shown[0]) / (this.shown[1] - this.shown[0]) * (this.to - this.from);
    }
    inverse(pixel) {
      return this.shown[0] + (pixel - this.from) / (this.to - this.from) * (this.shown[1] - this.shown[0]);
    }
    zoom(one, other) {
      const low = Math.max(this.whole[0], Math.min(one, other)), high = Math.min(this.whole[1], Math.max(one, other));
      if (high - low > 1e-9 * (this.whole[1] - this.whole[0])) this.shown = [low, high];
    }
    get zoomed() { return this.shown[0] !== this.whole[0] || this.shown[1] !== this.whole[1]; }
    ticks(most) {
      if (this.named) return this.axis.names.map((name, i) => [i, name]);
      const [low, high] = this.shown;
      if (this.axis.scale === 'percentile') {
        const found = [];
        for (let nines = Math.max(0, Math.ceil(low - 1e-9)); nines <= high + 1e-9; nines++) {
          if (high >= 6 && nines > 3 && nines % 2) continue;
          found.push([10 ** nines, nines < 1 ? '0%' : nines < 2 ? '90%' : nines < 3 ? '99%' : '99.' + '9'.repeat(nines - 2) + '%']);
        }
        return found;
      }
      if (this.log && high - low > .7) {
        const found = [], steps = high - low > 1.7 ? [1] : [1, 2, 5];
        const every = Math.max(1, Math.ceil((high - low) / most));
        for (let decade = Math.floor(low); decade <= high; decade++) {
          for (const step of steps) {
            const value = step * 10 ** decade, bent = Math.log10(value);
            if (bent >= low - 1e-9 && bent <= high + 1e-9 && decade % every === 0) {
              found.push([value * this.axis.unit, digits(value)]);
            }
          }
        }
        return found;
      }
      const ends = [this.unbend(low), this.unbend(high)];
      const raw = (ends[1] - ends[0]) / most, power = 10 ** Math.floor(Math.log10(raw));
      const step = [1, 2, 5, 10].map(s => s * power).find(s => s >= raw * .999);
      const found = [];
      for (let i = Math.ceil(ends[0] / step - 1e-9); i * step <= ends[1] + step * 1e-9; i++) {
        found.push([i * step * this.axis.unit, String(+(i * step).toPrecision(6))]);
      }
      return found;
    }
    text(value) {
      if (this.named) return this.axis.names[Math.round(value)] ?? '';
      if (this.axis.scale === 'percentile') return digits(100 * (1 - 1 / value)) + '%';
      return (digits(value / this.axis.unit) + ' ' + this.unit).trim();
    }
  }

  class Plot {
    constructor(data, figure) {
      this.data = data;
      this.figure = figure;
      this.x = new Scale(data.x);
      this.y = new Scale(data.y);
      this.hidden = new Set();
      this.chosen = -1;
      this.stage = figure.querySelector('.stage');
      this.legend();
      this.tools();
      this.draw();
      this.listen();
    }

    key(mark) { return mark.fill ? mark.fill.color + mark.fill.hatch : mark.s; }
    label(mark) {
      const entry = this.data.legend.find(e => this.key(e) === this.key(mark));
      return entry ? entry.label : this.y.named && mark.y !== undefined ? this.y.axis.names[Math.round(mark.y)] : '';
    }

    legend() {
      const box = document.createElement('div');
      box.className = 'legend';
      for (const entry of this.data.legend) {
        const button = document.createElement('button');
        button.type = 'button';
        button.setAttribute('aria-pressed', 'true');
        button.title = 'Show or hide; with Shift, this one alone';
        button.innerHTML = `<svg viewBox="0 0 40 14" aria-hidden="true">${sample(entry)}</svg><span>${escaped(entry.label)}</span>`;
        button.addEventListener('click', event => this.toggle(this.key(entry), event.shiftKey));
        box.append(button);
      }
      this.buttons = [...box.children];
      this.stage.before(box);
    }

    toggle(key, alone) {
      const keys = this.data.legend.map(e => this.key(e));
      if (alone) {
        const already = this.hidden.size === keys.length - 1 && !this.hidden.has(key);
        this.hidden = new Set(already ? [] : keys.filter(k => k !== key));
      } else if (!this.hidden.delete(key)) {
        this.hidden.add(key);
      }
      keys.forEach((k, i) => this.buttons[i].setAttribute('aria-pressed', String(!this.hidden.has(k))));
      this.draw();
    }

    tools() {
      const box = document.createElement('div');
      box.className = 'tools';
      box.innerHTML = `<button type="button" class="reset" hidden>Whole plot</button>
        <button type="button" class="data" aria-expanded="false">Data</button>
        <button type="button" class="csv">CSV</button>
        <a href="plots/${this.data.name}.svg">SVG</a> <a href="plots/${this.data.name}.png">PNG</a>`;
      this.reset = box.querySelector('.reset');
      this.reset.addEventListener('click', () => { this.x.shown = this.x.whole.slice(); this.y.shown = this.y.whole.slice(); this.draw(); });
      const shown = box.querySelector('.data');
      shown.addEventListener('click', () => {
        const open = this.figure.querySelector('.figures');
        if (open) open.remove(); else this.figure.append(this.table());
        shown.setAttribute('aria-expanded', String(!open));
      });
      box.querySelector('.csv').addEventListener('click', () => {
        const field = v => /[",\r\n]/.test(v) ? '"' + v.replace(/"/g, '""') + '"' : v;
        const text = this.rows().map(row => row.map(v => field(String(v))).join(',')).join('\r\n') + '\r\n';
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
        link.download = this.data.name + '.csv';
        link.click();
        URL.revokeObjectURL(link.href);
      });
      this.stage.after(box);
    }

    /** The data of the plot in base units, as its table and its CSV have them. */
    rows() {
      const rows = [['series', this.data.x.title || 'x', this.data.y.title || 'row', 'low', 'high']];
      const own = (scale, v) => v === null || v === undefined ? '' : scale.named ? scale.axis.names[Math.round(v)] ?? '' : v / scale.axis.unit;
      for (const mark of this.data.marks) {
        const label = this.label(mark);
        if (mark.p) {
          for (let i = 0; i < mark.p.length; i += 2) rows.push([label, own(this.x, mark.p[i]), own(this.y, mark.p[i + 1]), '', '']);
        } else if (mark.t === 'across') {
          rows.push([label, own(this.x, mark.x), own(this.y, mark.y), own(this.x, mark.low), own(this.x, mark.high)]);
        } else if (mark.t === 'up') {
          rows.push([label, own(this.x, mark.x), own(this.y, mark.y), own(this.y, mark.low), own(this.y, mark.high)]);
        } else if (mark.t === 'bar' && this.data.legend.length) {
          rows.push([label, own(this.x, mark.to - mark.from), own(this.y, mark.y), '', '']);
        } else if (mark.t === 'cell') {
          rows.push([mark.text, own(this.x, mark.x), own(this.y, mark.y), mark.note, '']);
        } else if (mark.t === 'rule') {
          rows.push([mark.label, own(this.x, mark.x), '', '', '']);
        }
      }
      return rows;
    }

    table() {
      const box = document.createElement('div');
      box.className = 'figures wide';
      const [head, ...rows] = this.rows();
      const most = 400;
      box.innerHTML = '<table><thead><tr>' + head.map(h => `<th>${escaped(h)}</th>`).join('') + '</tr></thead><tbody>' +
        rows.slice(0, most).map(r => '<tr>' + r.map(v => `<td>${escaped(typeof v === 'number' ? digits(v) : v)}</td>`).join('') + '</tr>').join('') +
        '</tbody></table>' + (rows.length > most ? `<p class="quiet">${most} of ${rows.length} rows; the CSV has them all.</p>` : '');
      return box;
    }

    draw() {
      const { data, x, y } = this;
      const named = y.named ? Math.min(230, Math.max(...data.y.names.map(n => measure(n, 13))) + 12) : 0;
      const columns = x.named;
      const body = y.named ? (columns ? CELL : ROW) * data.y.names.length + 8 : HEIGHT - 84;
      const ruled = this.placeRules(named || 62);
      const top = 10 + 18 * ruled.levels, left = named || 62, right = WIDTH - 12, bottom = top + body;
      const height = bottom + (data.x.title ? 46 : 24);
      x.place(left, right);
      y.place(bottom, top);
      this.box = { left, right, top, bottom, height };
      const out = [];
      out.push(`<defs><clipPath id="clip-${data.name}"><rect x="${left}" y="${top}" width="${right - left}" height="${body}"/></clipPath>
        ${hatches(data)}</defs>`);
      this.grid(out);
      this.targets = [];
      const rules = [], inside = [], notes = [];
      for (const rule of ruled.rules) this.rule(rules, rule);
      for (const mark of data.marks) {
        if (!this.hidden.has(this.key(mark))) this.mark(mark, inside, notes);
      }
      out.push(`<g clip-path="url(#clip-${data.name})">${rules.join('')}${inside.join('')}</g>${notes.join('')}`);
      out.push(`<rect class="frame" x="${left}" y="${top}" width="${right - left}" height="${body}"/>`);
      for (const rule of ruled.rules) {
        if (rule.level >= 0 && rule.at >= left && rule.at <= right) {
          out.push(`<text class="small" x="${rule.text}" y="${top - 5 - 18 * rule.level}">${escaped(rule.label)}</text>`);
        }
      }
      out.push('<g class="choice"></g><rect class="band" width="0" height="0"/>');
      this.stage.innerHTML = `<svg role="img" tabindex="0" aria-label="${escaped(data.title)}" viewBox="0 0 ${WIDTH} ${height}">${out.join('')}</svg>`;
      this.svg = this.stage.firstChild;
      this.reset.hidden = !x.zoomed && !y.zoomed;
      this.choose(-1);
    }

    placeRules(left) {
      const rules = [], taken = [];
      let levels = 0;
      this.x.place(left, WIDTH - 12);
      for (const mark of this.data.marks) {
        if (mark.t !== 'rule') continue;
        const at = this.x.at(mark.x), width = measure(mark.label, 12);
        const text = Math.max(2, Math.min(at - width / 2, WIDTH - 4 - width));
        let level = 0;
        while (level < 3 && taken[level] > text - 8) level++;
        if (level < 3) { taken[level] = text + width; levels = Math.max(levels, level + 1); }
        rules.push({ at, text, label: mark.label, level: level < 3 ? level : -1 });
      }
      return { rules, levels };
    }

    grid(out) {
      const { left, right, top, bottom } = this.box;
      const columnWidth = (right - left) / Math.max(1, this.data.x.names.length) - 6;
      for (const [value, text] of this.x.ticks(7)) {
        const at = this.x.at(value).toFixed(1);
        if (!this.x.named) out.push(`<line class="grid" x1="${at}" x2="${at}" y1="${top}" y2="${bottom}"/>`);
        out.push(`<text class="tick" text-anchor="middle" x="${at}" y="${bottom + 17}">${escaped(this.x.named ? cut(text, columnWidth) : text)}</text>`);
      }
      for (const [value, text] of this.y.ticks(6)) {
        const at = this.y.at(value);
        if (!this.y.named) out.push(`<line class="grid" y1="${at.toFixed(1)}" y2="${at.toFixed(1)}" x1="${left}" x2="${right}"/>`);
        out.push(`<text class="tick" text-anchor="end" x="${left - 7}" y="${(at + 4.5).toFixed(1)}"><title>${escaped(text)}</title>${escaped(this.y.named ? cut(text, left - 10) : text)}</text>`);
      }
      out.push(`<text class="axis" text-anchor="middle" x="${(left + right) / 2}" y="${bottom + 38}">${escaped(this.data.x.title)}</text>`);
      if (this.data.y.title) {
        out.push(`<text class="axis" text-anchor="middle" transform="translate(15 ${(top + bottom) / 2}) rotate(-90)">${escaped(this.data.y.title)}</text>`);
      }
    }

    mark(mark, inside, notes) {
      const { x, y } = this;
      const target = (px, py, lines) => this.targets.push({ px, py, label: this.label(mark), lines });
      const line = (x1, y1, x2, y2) => `M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}`;
      switch (mark.t) {
        case 'curve': {
          let path = '', gap = true;
          for (let i = 0; i < mark.p.length; i += 2) {
            if (mark.p[i + 1] === null) { gap = true; continue; }
            const px = x.at(mark.p[i]), py = y.at(mark.p[i + 1]);
            path += (gap ? 'M' : 'L') + px.toFixed(1) + ' ' + py.toFixed(1);
            gap = false;
            target(px, py, [x.text(mark.p[i]), y.text(mark.p[i + 1])]);
          }
          const width = mark.s < 0 ? 1.5 : 2.2;
          inside.push(`<path class="curve" style="stroke:${colour(mark.s)};stroke-width:${width};stroke-dasharray:${mark.dash.map(d => d * width).join(' ')}" d="${path}"/>`);
          break;
        }
        case 'dots':
          inside.push(`<g style="fill:${colour(mark.s)}" opacity=".4">`);
          for (let i = 0; i < mark.p.length; i += 2) {
            const px = x.at(mark.p[i]), py = y.at(mark.p[i + 1]);
            inside.push(marker(mark.s, px, py, 3));
            target(px, py, [x.text(mark.p[i])]);
          }
          inside.push('</g>');
          break;
        case 'across': case 'up': {
          const px = x.at(mark.x), py = y.at(mark.y), across = mark.t === 'across', scale = across ? x : y;
          let path = '';
          if (mark.low !== null) {
            const low = scale.at(mark.low), high = scale.at(mark.high);
            path = across ? line(low, py, high, py) + line(low, py - 5, low, py + 5) + line(high, py - 5, high, py + 5)
              : line(px, low, px, high) + line(px - 5, low, px + 5, low) + line(px - 5, high, px + 5, high);
          }
          inside.push(`<g style="fill:${colour(mark.s)};stroke:${colour(mark.s)}"><path class="whisker" d="${path}"/>${marker(mark.s, px, py, 5)}</g>`);
          target(px, py, [across ? x.text(mark.x) : x.text(mark.x) + ', ' + y.text(mark.y),
            mark.low === null ? 'no interval' : scale.text(mark.low) + ' to ' + scale.text(mark.high)]);
          break;
        }
        case 'bar': {
          const from = x.at(mark.from), to = x.at(mark.to), one = y.at(mark.y - mark.h / 2), other = y.at(mark.y + mark.h / 2);
          const high = Math.min(one, other), tall = Math.abs(other - one), wide = Math.max(0, to - Math.max(from, x.from));
          const shape = `x="${Math.max(from, x.from).toFixed(1)}" y="${high.toFixed(1)}" width="${wide.toFixed(1)}" height="${tall.toFixed(1)}"`;
          inside.push(`<rect ${shape} style="fill:${fill(mark.fill)}"/>`);
          if (mark.fill.hatch !== 'NONE') inside.push(`<rect ${shape} fill="url(#hatch-${this.data.name}-${mark.fill.hatch})"/>`);
          if (this.data.legend.length) target((Math.max(from, x.from) + to) / 2, (one + other) / 2, [this.y.axis.names[Math.round(mark.y)], x.text(mark.to - mark.from)]);
          break;
        }
        case 'cell': {
          const px = x.at(mark.x - .5), wide = x.at(mark.x + .5) - px, one = y.at(mark.y - .5), other = y.at(mark.y + .5);
          const high = Math.min(one, other), tall = Math.abs(other - one), middle = px + wide / 2;
          inside.push(`<rect class="cell" x="${px.toFixed(1)}" y="${high.toFixed(1)}" width="${wide.toFixed(1)}" height="${tall.toFixed(1)}" style="fill:${mark.color}"/>`);
          const ink = mark.share > .5 ? '#fff' : '#222';
          inside.push(`<text text-anchor="middle" x="${middle.toFixed(1)}" y="${(high + tall / 2 - 1).toFixed(1)}" style="fill:${ink}">${escaped(cut(mark.text, wide - 6))}</text>`);
          inside.push(`<text text-anchor="middle" class="small" x="${middle.toFixed(1)}" y="${(high + tall / 2 + 16).toFixed(1)}" style="fill:${ink}">${escaped(cut(mark.note, wide - 6))}</text>`);
          this.targets.push({ px: middle, py: high + tall / 2, label: mark.text, lines: [mark.note, this.x.axis.names[mark.x], this.y.axis.names[mark.y]] });
          break;
        }
        case 'note': {
          const px = x.at(mark.x);
          if (px >= x.from && px <= x.to) notes.push(`<text x="${(px + 9).toFixed(1)}" y="${(y.at(mark.y) + 4.5).toFixed(1)}">${escaped(mark.text)}</text>`);
          break;
        }
        case 'rule': this.targets.push({ px: x.at(mark.x), py: this.box.top + 6, label: mark.label, lines: [x.text(mark.x)] });
      }
    }

    rule(out, rule) {
      out.push(`<line class="rule" x1="${rule.at.toFixed(1)}" x2="${rule.at.toFixed(1)}" y1="${this.box.top}" y2="${this.box.bottom}"/>`);
    }

    /** Shows what is known of one target; -1 for none. */
    choose(index) {
      this.chosen = index;
      const target = this.targets[index];
      let tip = this.figure.querySelector('.tip');
      if (!target) {
        if (tip) tip.hidden = true;
        this.svg.querySelector('.choice').innerHTML = '';
        return;
      }
      this.svg.querySelector('.choice').innerHTML = `<circle cx="${target.px.toFixed(1)}" cy="${target.py.toFixed(1)}" r="7"/>`;
      if (!tip) {
        tip = document.createElement('div');
        tip.className = 'tip';
        tip.setAttribute('role', 'status');
        this.stage.append(tip);
      }
      if (tip.parentNode !== this.stage || !tip.isConnected) this.stage.append(tip);
      tip.hidden = false;
      tip.innerHTML = (target.label ? `<strong>${escaped(target.label)}</strong>` : '') + target.lines.filter(Boolean).map(l => `<span>${escaped(l)}</span>`).join('');
      const scale = this.svg.clientWidth / WIDTH;
      const left = target.px * scale;
      tip.style.top = Math.max(0, target.py * scale - tip.offsetHeight - 12) + 'px';
      tip.style.left = Math.max(0, Math.min(this.svg.clientWidth - tip.offsetWidth, left - tip.offsetWidth / 2)) + 'px';
    }

    nearest(px, py) {
      let best = -1, least = 40 * 40;
      const { left, right, top, bottom } = this.box;
      this.targets.forEach((target, i) => {
        if (target.px < left - 1 || target.px > right + 1 || target.py < top - 1 || target.py > bottom + 1) return;
        const distance = (target.px - px) ** 2 + (target.py - py) ** 2;
        if (distance < least) { least = distance; best = i; }
      });
      return best;
    }

    listen() {
      let start = null;
      const spot = event => {
        const box = this.svg.getBoundingClientRect();
        return [(event.clientX - box.left) * WIDTH / box.width, (event.clientY - box.top) * WIDTH / box.width];
      };
      const inside = ([px, py]) => px >= this.box.left && px <= this.box.right && py >= this.box.top && py <= this.box.bottom;
      this.stage.addEventListener('pointerdown', event => {
        const at = spot(event);
        if (event.button === 0 && event.pointerType === 'mouse' && inside(at)) { start = at; event.preventDefault(); this.svg.focus({ preventScroll: true }); }
      });
      this.stage.addEventListener('pointermove', event => {
        const at = spot(event);
        if (!start) { this.choose(this.nearest(...at)); return; }
        this.choose(-1);
        const band = this.svg.querySelector('.band');
        const [x0, x1, y0, y1] = this.region(start, at);
        band.setAttribute('x', x0); band.setAttribute('width', x1 - x0);
        band.setAttribute('y', y0); band.setAttribute('height', y1 - y0);
      });
      window.addEventListener('pointerup', event => {
        if (!start) return;
        const [x0, x1, y0, y1] = this.region(start, spot(event));
        start = null;
        if (x1 - x0 > 6 || y1 - y0 > 6) this.zoom(x0, x1, y0, y1); else this.draw();
      });
      this.stage.addEventListener('pointerleave', () => { if (!start) this.choose(-1); });
      this.stage.addEventListener('dblclick', () => this.reset.click());
      this.stage.addEventListener('wheel', event => {
        const at = spot(event);
        // A plain wheel scrolls the page.
        if (!(event.ctrlKey || event.metaKey || event.altKey) || !inside(at)) return;
        event.preventDefault();
        const by = Math.exp(Math.max(-1, Math.min(1, event.deltaY / 200)));
        const span = (from, to, centre) => [centre + (from - centre) * by, centre + (to - centre) * by];
        const { left, right, top, bottom } = this.box;
        this.zoom(...span(left, right, at[0]), ...span(top, bottom, at[1]));
      }, { passive: false });
      this.stage.addEventListener('keydown', event => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step && this.targets.length) {
          event.preventDefault();
          this.choose((this.chosen + step + this.targets.length) % this.targets.length);
        } else if (event.key === 'Escape') {
          this.reset.click();
        }
      });
    }

    /** A region as it would be zoomed to; axes of names are not. */
    region([x0, y0], [x1, y1]) {
      const { left, right, top, bottom } = this.box;
      const within = (v, low, high) => Math.max(low, Math.min(high, v));
      // A drag along one axis zooms that one alone.
      const flat = Math.abs(y1 - y0) < 12 || this.y.named, upright = Math.abs(x1 - x0) < 12 || this.x.named;
      return [upright && !flat ? left : within(Math.min(x0, x1), left, right), upright && !flat ? right : within(Math.max(x0, x1), left, right),
        flat ? top : within(Math.min(y0, y1), top, bottom), flat ? bottom : within(Math.max(y0, y1), top, bottom)];
    }

    zoom(x0, x1, y0, y1) {
      if (!this.x.named) this.x.zoom(this.x.inverse(x0), this.x.inverse(x1));
      if (!this.y.named) this.y.zoom(this.y.inverse(y0), this.y.inverse(y1));
      this.draw();
    }
  }

  function cut(text, width) {
    if (measure(text, 13) <= width) return text;
    let end = text.length;
    while (end > 1 && measure(text.slice(0, end) + '…', 13) > width) end--;
    return text.slice(0, end).trim() + '…';
  }
  // Black and pale grey would vanish on a dark page.
  const fill = f => f.color === '#000000' ? 'var(--ink)' : f.color === '#d9dee3' ? 'var(--pale)' : f.color;
  function hatches(data) {
    const used = new Set(data.marks.concat(data.legend).filter(m => m.fill).map(m => m.fill.hatch));
    const lines = { RISING: 'M0 8L8 0', FALLING: 'M0 0L8 8', CROSSED: 'M0 8L8 0M0 0L8 8' };
    return Object.keys(lines).filter(h => used.has(h)).map(h =>
      `<pattern id="hatch-${data.name}-${h}" width="8" height="8" patternUnits="userSpaceOnUse"><path d="${lines[h]}" stroke="#222" stroke-width="1.1"/></pattern>`).join('');
  }
  function sample(entry) {
    if (entry.fill) {
      const rising = { RISING: 'M8 14L16 0M20 14L28 0', FALLING: 'M8 0L16 14M20 0L28 14', CROSSED: 'M8 14L16 0M20 14L28 0M8 0L16 14M20 0L28 14', NONE: '' };
      return `<rect x="6" width="28" height="14" style="fill:${fill(entry.fill)}"/><path d="${rising[entry.fill.hatch]}" stroke="#222"/>`;
    }
    const width = entry.s < 0 ? 1.5 : 2.2;
    return (entry.line ? `<path d="M0 7H40" style="stroke:${colour(entry.s)};stroke-width:${width};stroke-dasharray:${entry.dash.map(d => d * width).join(' ')}"/>` : '') +
      (entry.marker ? `<g style="fill:${colour(entry.s)}">${marker(entry.s, 20, 7, 5)}</g>` : '');
  }

  /** A click on a head sorts by its column; numbers by what they are, not how they are written. */
  function sortable(table) {
    const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
    const original = [...body.rows];
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const order = { none: 'ascending', ascending: 'descending', descending: 'none' }[head.ariaSort ?? 'none'];
        heads.forEach(h => { h.ariaSort = 'none'; });
        head.ariaSort = order;
        const value = row => { const cell = row.cells[column]; return cell.dataset.v !== undefined ? Number(cell.dataset.v) : cell.textContent; };
        const sign = order === 'descending' ? -1 : 1;
        const rows = order === 'none' ? original : original.slice().sort((a, b) => {
          const one = value(a), other = value(b);
          if (typeof one === 'number' && typeof other === 'number') {
            // What is not there stands at the end either way.
            return isNaN(one) ? (isNaN(other) ? 0 : 1) : isNaN(other) ? -1 : sign * (one - other);
          }
          return sign * String(one).localeCompare(String(other), 'en', { numeric: true });
        });
        body.append(...rows);
      });
    });
  }

  document.querySelectorAll('table.sortable').forEach(sortable);
  const data = document.getElementById('plot-data');
  if (data) {
    const figures = document.querySelectorAll('figure[data-plot]');
    JSON.parse(data.textContent).forEach((plot, i) => new Plot(plot, figures[i]));
  }
})();

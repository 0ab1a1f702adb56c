'use strict';
// Draws one run as a space-time diagram. All of it is in arrays; a frame looks at the part that is
// shown, and draws no two things onto one dot, so that its time depends on the screen and not on the run.
(() => {
  const $ = id => document.getElementById(id);
  const run = JSON.parse($('run').textContent);
  $('run').textContent = '';
  const count = run.times.length, rows = run.lanes.length, LABEL = 176, HEAD = 26;
  const time = new Float64Array(count), row = Uint16Array.from(run.rows), kind = Uint8Array.from(run.what), texts = run.texts;
  for (let i = 0, now = 0; i < count; i++) time[i] = now += run.times[i];
  const end = count ? Math.max(time[count - 1], ...run.spans.slice(-50).map(s => s[2])) : 1;

  // Arrows, sorted by where they start, and from each event to its arrows.
  const arrowCount = run.arrows.length / 2, from = new Uint32Array(arrowCount), to = new Uint32Array(arrowCount);
  [...Array(arrowCount).keys()].sort((a, b) => run.arrows[2 * a] - run.arrows[2 * b] || run.arrows[2 * a + 1] - run.arrows[2 * b + 1])
    .forEach((a, i) => { from[i] = run.arrows[2 * a]; to[i] = run.arrows[2 * a + 1]; });
  let longest = 0;
  const pairs = new Set(Array.from(from, (a, i) => row[a] * rows + row[to[i]])).size;
  for (let i = 0; i < arrowCount; i++) longest = Math.max(longest, time[to[i]] - time[from[i]]);
  const index = (keys, values, size) => {
    const start = new Uint32Array(size + 1), out = new Uint32Array(keys.length);
    for (const key of keys) start[key + 1]++;
    for (let i = 0; i < size; i++) start[i + 1] += start[i];
    const next = start.slice();
    for (let i = 0; i < keys.length; i++) out[next[keys[i]]++] = values[i];
    return key => out.subarray(start[key], start[key + 1]);
  };
  const numbers = Uint32Array.from({ length: arrowCount }, (_, i) => i);
  const leaving = index(from, numbers, count), arriving = index(to, numbers, count);
  const memberCount = run.members.length / 2;
  const members = Uint32Array.from({ length: memberCount }, (_, i) => run.members[2 * i]);
  const threads = Uint32Array.from({ length: memberCount }, (_, i) => run.members[2 * i + 1]);
  const threadsOf = index(members, threads, count), eventsOf = index(threads, members, run.threads.length);
  // The events of each lane in the order of time.
  const order = Uint32Array.from({ length: count }, (_, i) => i), eventsIn = index(row, order, rows);

  const state = {
    from: 0, to: end, scroll: 0, chosen: -1, hover: -1, thread: -1, found: [], at: -1, query: '',
    kinds: new Uint8Array(run.kinds.length).fill(1), lanes: new Uint8Array(rows).fill(1), concerned: false, marked: null };
  let shown = [], place = new Int16Array(rows), laneHeight = 24;

  const lower = (array, value, compare) => {
    let low = 0, high = array.length;
    while (low < high) { const middle = (low + high) >>> 1; if (compare(array[middle]) < value) low = middle + 1; else high = middle; }
    return low;
  };
  const identity = v => v, timeOf = i => time[i];
  function span(nanos) {
    const scale = [[1, 'ns'], [1e3, 'µs'], [1e6, 'ms'], [1e9, 's'], [6e10, 'min'], [3.6e12, 'h']];
    let unit = scale[0];
    for (const each of scale) if (Math.abs(nanos) >= each[0]) unit = each;
    return [unit[0], unit[1]];
  }
  // As exact as a nanosecond, grouped so that it can be read.
  function clock(nanos) {
    const [size, unit] = span(nanos);
    return (nanos / size).toFixed(Math.max(0, Math.round(Math.log10(size)))).replace(/(\.\d{3})(\d+)/, (_, a, b) => a + ' ' + b.replace(/(\d{3})(?=\d)/g, '$1 ')) + ' ' + unit;
  }
  const length = nanos => { const [size, unit] = span(nanos); return Number((nanos / size).toPrecision(4)) + ' ' + unit; };
  const laneName = r => run.lanes[r][0] + (run.lanes[r][1] ? ' · ' + run.lanes[r][1] : '');
  const escaped = text => String(text).replace(/[&<>"']/g, c => '&#' + c.charCodeAt(0) + ';');

  const chart = $('chart'), map = $('map'), pen = chart.getContext('2d'), mapPen = map.getContext('2d');
  let colours = {}, width = 0, height = 0, ratio = 1, mapImage = null;
  function palette() {
    const style = getComputedStyle(document.documentElement), value = name => style.getPropertyValue('--' + name).trim();
    colours = { kinds: run.kinds.map((_, i) => value('k' + i)) };
    for (const name of ['paper', 'ink', 'quiet', 'line', 'sunk', 'lane', 'accent', 'strong', 'busy', 'pause', 'stall', 'restart', 'down', 'struck']) colours[name] = value(name);
    mapImage = null;
  }
  // Spans by lane; what an application does, and what has struck it.
  const SPANS = { USEFUL: 'busy', CHECKPOINT_PAUSE: 'pause', LOGGING: 'pause', FAULT_STALL: 'stall', RESTART: 'restart', LOST: 'restart', DOWN: 'down', down: 'down' };
  const spansIn = Array.from({ length: rows }, () => []);
  for (const each of run.spans) spansIn[each[0]].push(each);

  const x = nanos => LABEL + (nanos - state.from) / (state.to - state.from) * (width - LABEL);
  const inverse = px => state.from + (px - LABEL) / (width - LABEL) * (state.to - state.from);
  const y = r => HEAD + place[r] * laneHeight + laneHeight / 2 - state.scroll;

  function layout() {
    const concerned = state.concerned && state.marked ? new Set([...state.marked].map(i => row[i])) : null;
    shown = [];
    place.fill(-1);
    for (let r = 0; r < rows; r++) {
      if (state.lanes[r] && (!concerned || concerned.has(r))) { place[r] = shown.length; shown.push(r); }
    }
    laneHeight = Math.max(20, Math.min(64, (height - HEAD) / Math.max(1, shown.length)));
    state.scroll = Math.max(0, Math.min(state.scroll, shown.length * laneHeight - (height - HEAD)));
  }

  function resize() {
    ratio = window.devicePixelRatio || 1;
    const box = chart.getBoundingClientRect();
    width = box.width; height = box.height;
    chart.width = Math.round(width * ratio); chart.height = Math.round(height * ratio);
    map.width = Math.round(map.clientWidth * ratio); map.height = Math.round(map.clientHeight * ratio);
    mapImage = null;
    layout();
    draw();
  }

  const wanted = i => state.kinds[kind[i]] && place[row[i]] >= 0;
  let asked = false;
  function redraw() {
    if (!asked) { asked = true; requestAnimationFrame(() => { asked = false; draw(); }); }
  }

  function draw() {
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = colours.paper;
    pen.fillRect(0, 0, width, height);
    pen.save();
    pen.beginPath();
    pen.rect(LABEL, HEAD, width - LABEL, height - HEAD);
    pen.clip();
    lanes();
    ruler();
    recovery();
    arrows();
    dots();
    choice();
    pen.restore();
    heads();
    overview();
  }

  function lanes() {
    const bar = Math.min(14, laneHeight - 6);
    for (const r of shown) {
      const middle = y(r);
      if (middle < HEAD - laneHeight || middle > height + laneHeight) continue;
      if (run.lanes[r][1] === '') { pen.fillStyle = colours.lane; pen.fillRect(LABEL, middle - laneHeight / 2, width - LABEL, laneHeight); }
      pen.strokeStyle = colours.line;
      pen.lineWidth = 1;
      pen.beginPath(); pen.moveTo(LABEL, middle); pen.lineTo(width, middle); pen.stroke();
      const spans = spansIn[r];
      let last = -1, lastStyle = '';
      for (let i = 0; i < spans.length; i++) {
        const [, start, stop, what] = spans[i];
        if (stop < state.from || start > state.to) continue;
        const left = Math.max(LABEL, x(start)), right = Math.min(width, Math.max(x(stop), left + 1));
        const style = SPANS[what] ?? 'struck', struck = style === 'struck';
        if (right - left < 1.5 && left - last < 1 && style === lastStyle) continue;
        last = right; lastStyle = style;
        pen.fillStyle = colours[style];
        pen.fillRect(left, middle - (struck ? laneHeight : bar) / 2, right - left, struck ? laneHeight : bar);
      }
    }
  }

  function ruler() {
    const least = 110 / (width - LABEL) * (state.to - state.from), power = 10 ** Math.floor(Math.log10(least));
    const step = [1, 2, 5, 10].map(s => s * power).find(s => s >= least);
    const [size, unit] = span(state.to), digits = Math.max(0, -Math.floor(Math.log10(step / size) + 1e-9));
    pen.strokeStyle = colours.line;
    pen.lineWidth = 1;
    marks.length = 0;
    for (let at = Math.ceil(state.from / step) * step; at <= state.to; at += step) {
      const px = Math.round(x(at)) + .5;
      pen.beginPath(); pen.moveTo(px, HEAD); pen.lineTo(px, height); pen.stroke();
      marks.push([px, (at / size).toFixed(digits) + ' ' + unit]);
    }
  }
  const marks = [];

  /** Where a recovery went back to: a line through the checkpoints of all that it restored. */
  function recovery() {
    pen.font = '12px system-ui, sans-serif';
    for (const [label, resumed, ...cuts] of run.lines) {
      const points = cuts.filter(i => place[row[i]] >= 0);
      if (!points.length || (state.marked && !state.marked.has(resumed) && !cuts.some(i => state.marked.has(i)))) continue;
      const bottom = HEAD + shown.length * laneHeight - state.scroll;
      pen.strokeStyle = colours.kinds[2];
      pen.lineWidth = 2;
      pen.setLineDash([6, 4]);
      pen.beginPath();
      points.sort((a, b) => place[row[a]] - place[row[b]]);
      pen.moveTo(x(time[points[0]]), HEAD);
      for (const i of points) pen.lineTo(x(time[i]), y(row[i]));
      pen.lineTo(x(time[points.at(-1)]), bottom);
      pen.stroke();
      if (place[row[resumed]] >= 0) {
        const cut = points.reduce((a, b) => Math.abs(place[row[a]] - place[row[resumed]]) <= Math.abs(place[row[b]] - place[row[resumed]]) ? a : b);
        const x0 = x(time[resumed]), x1 = x(time[cut]);
        if (Math.max(x0, x1) > LABEL && Math.min(x0, x1) < width) {
          pen.beginPath(); pen.moveTo(x0, y(row[resumed]));
          pen.quadraticCurveTo((x0 + x1) / 2, Math.min(y(row[resumed]), y(row[cut])) - 28, x1, y(row[cut]));
          pen.stroke();
        }
      }
      pen.setLineDash([]);
      const px = x(time[points[0]]);
      if (px > LABEL - 40 && px < width) { pen.fillStyle = colours.kinds[2]; pen.fillText(label, px + 4, HEAD + 12); }
    }
  }

  function arrows() {
    const first = lower(from, state.from - longest, timeOf), drawn = new Map();
    // Where there are more than a screen can show, as many as it can, evenly.
    const gap = Math.max(2.5, (width - LABEL) * pairs / 6000);
    let left = 20000;
    pen.lineWidth = 1;
    for (const strong of [false, true]) {
      pen.globalAlpha = strong || !state.marked ? .75 : .1;
      let colour = '';
      pen.beginPath();
      for (let i = first; i < arrowCount && left > 0; i++) {
        const a = from[i], b = to[i];
        if (time[a] > state.to) break;
        if (time[b] < state.from || !wanted(a) || !wanted(b)) continue;
        const marked = state.marked !== null && state.marked.has(a) && state.marked.has(b);
        if (marked !== strong) continue;
        const x0 = x(time[a]), x1 = x(time[b]), y0 = y(row[a]), y1 = y(row[b]);
        if (!strong) {
          // Arrows between the same lanes that fall onto each other are one to the eye.
          const lanes = row[a] * rows + row[b], before = drawn.get(lanes);
          if (before !== undefined && x0 - before < gap) continue;
          drawn.set(lanes, x0);
        }
        const style = colours.kinds[kind[a]];
        if (style !== colour) { pen.stroke(); pen.beginPath(); pen.strokeStyle = colour = style; }
        pen.moveTo(x0, y0); pen.lineTo(x1, y1);
        const far = Math.hypot(x1 - x0, y1 - y0);
        if (far > 12) {
          const ux = (x1 - x0) / far, uy = (y1 - y0) / far, hx = x1 - 3 * ux, hy = y1 - 3 * uy;
          pen.moveTo(hx - 7 * ux + 3.5 * uy, hy - 7 * uy - 3.5 * ux); pen.lineTo(hx, hy); pen.lineTo(hx - 7 * ux - 3.5 * uy, hy - 7 * uy + 3.5 * ux);
        }
        left--;
      }
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  // Small numbers are what a reader looks for first; they are drawn last and never left out.
  const RADIUS = [6, 5.5, 6, 4.5, 3, 3, 3, 3, 3, 2];
  function dots() {
    let labels = 400;
    for (const r of shown) {
      const middle = y(r);
      if (middle < HEAD - laneHeight || middle > height + laneHeight) continue;
      const events = eventsIn(r), start = lower(events, state.from, timeOf), stop = lower(events, state.to + 1e-9, timeOf);
      const dense = (stop - start) > (width - LABEL) / 5;
      if (dense) {
        // A column for each two dots: the most important kind in it, higher for more events.
        const columns = Math.ceil((width - LABEL) / 2), best = new Uint8Array(columns).fill(255), amount = new Uint16Array(columns);
        const scale = columns / (state.to - state.from);
        for (let i = start; i < stop; i++) {
          const event = events[i];
          if (!state.kinds[kind[event]] || (state.marked && !state.marked.has(event))) continue;
          const column = Math.min(columns - 1, ((time[event] - state.from) * scale) | 0);
          if (kind[event] < best[column]) best[column] = kind[event];
          if (amount[column] < 65535) amount[column]++;
        }
        const most = laneHeight * .42;
        for (let k = run.kinds.length - 1; k >= 0; k--) {
          pen.fillStyle = colours.kinds[k];
          for (let column = 0; column < columns; column++) {
            if (best[column] !== k) continue;
            const half = Math.min(most, 2 + 2.2 * Math.log2(1 + amount[column]));
            pen.fillRect(LABEL + 2 * column, middle - half, 2, 2 * half);
          }
        }
        for (let column = 0; column < columns; column++) {
          if (best[column] <= 2) glyph(best[column], LABEL + 2 * column + 1, middle);
        }
        continue;
      }
      for (let i = start; i < stop; i++) {
        const event = events[i];
        if (!state.kinds[kind[event]]) continue;
        pen.globalAlpha = !state.marked || state.marked.has(event) ? 1 : .13;
        glyph(kind[event], x(time[event]), middle);
        if (labels > 0 && laneHeight >= 34 && kind[event] < 5 && pen.globalAlpha === 1) {
          const here = x(time[event]), next = i + 1 < stop ? x(time[events[i + 1]]) : width;
          const previous = i > start ? x(time[events[i - 1]]) : LABEL;
          if (next - here > 60 || next === width && here - previous > 60) { labels--; write(texts[event], here, middle - 8, next - here - 10, here - previous - 10); }
        }
      }
      pen.globalAlpha = 1;
    }
    for (const event of state.found) {
      if (time[event] >= state.from && time[event] <= state.to && place[row[event]] >= 0) ring(event, colours.kinds[5], 8);
    }
  }

  /** To the right, or where more of it fits to the left, as beside the edge. */
  function write(text, px, py, right, left) {
    pen.font = '11px system-ui, sans-serif';
    pen.fillStyle = colours.ink;
    const full = pen.measureText(text).width, toLeft = full > right && left > right;
    const fits = Math.floor((toLeft ? left : right) / (full / text.length));
    if (fits <= 4) return;
    const shown = text.length > fits ? text.slice(0, fits - 1) + '…' : text;
    pen.fillText(shown, toLeft ? px - 7 - pen.measureText(shown).width : px + 7, py);
  }

  function glyph(k, px, py) {
    const r = RADIUS[k];
    pen.fillStyle = colours.kinds[k];
    pen.beginPath();
    if (k === 0) { pen.moveTo(px - r, py - r); pen.lineTo(px + r, py - r); pen.lineTo(px, py + r); pen.closePath(); }
    else if (k === 1) pen.rect(px - 2, py - r, 4, 2 * r);
    else if (k === 2 || k === 3) { pen.moveTo(px, py - r); pen.lineTo(px + r, py); pen.lineTo(px, py + r); pen.lineTo(px - r, py); pen.closePath(); }
    else pen.arc(px, py, r, 0, 7);
    pen.fill();
  }

  function ring(event, colour, r) {
    pen.strokeStyle = colour;
    pen.lineWidth = 2;
    pen.beginPath(); pen.arc(x(time[event]), y(row[event]), r, 0, 7); pen.stroke();
  }

  function choice() {
    if (run.violatedAt >= 0) {
      const px = x(run.violatedAt);
      pen.strokeStyle = colours.kinds[0];
      pen.lineWidth = 2;
      pen.beginPath(); pen.moveTo(px, HEAD); pen.lineTo(px, height); pen.stroke();
      pen.fillStyle = colours.kinds[0];
      pen.font = 'bold 12px system-ui, sans-serif';
      const word = 'violated: ' + run.outcomes.filter(o => o[1] === 'violated').map(o => o[0]).join(', ');
      const room = pen.measureText(word).width;
      pen.fillText(word, px + 6 + room > width ? px - 6 - room : px + 6, height - 8);
    }
    if (state.chosen >= 0 && place[row[state.chosen]] >= 0) {
      const px = x(time[state.chosen]);
      pen.strokeStyle = colours.accent;
      pen.lineWidth = 1;
      pen.beginPath(); pen.moveTo(px, HEAD); pen.lineTo(px, height); pen.stroke();
      ring(state.chosen, colours.accent, 9);
      for (const i of [...leaving(state.chosen), ...arriving(state.chosen)]) {
        if (place[row[from[i]]] < 0 || place[row[to[i]]] < 0) continue;
        pen.strokeStyle = colours.accent;
        pen.lineWidth = 2.5;
        pen.beginPath(); pen.moveTo(x(time[from[i]]), y(row[from[i]])); pen.lineTo(x(time[to[i]]), y(row[to[i]])); pen.stroke();
      }
    }
  }

  function heads() {
    pen.fillStyle = colours.paper;
    pen.fillRect(0, 0, LABEL, height);
    pen.fillRect(0, 0, width, HEAD);
    pen.font = '12px system-ui, sans-serif';
    pen.fillStyle = colours.quiet;
    for (const [px, text] of marks) if (px > LABEL + 10) pen.fillText(text, px - pen.measureText(text).width / 2, 17);
    pen.save();
    pen.beginPath(); pen.rect(0, HEAD, LABEL, height - HEAD); pen.clip();
    for (const r of shown) {
      const [machine, part] = run.lanes[r], middle = y(r);
      pen.font = part ? '12px system-ui, sans-serif' : 'bold 13px system-ui, sans-serif';
      pen.fillStyle = part ? colours.quiet : colours.ink;
      pen.fillText(part ? machine + ' ' + part : machine, part ? 22 : 10, middle + 4, LABEL - (part ? 28 : 16));
    }
    pen.restore();
    pen.strokeStyle = colours.strong;
    pen.lineWidth = 1;
    pen.beginPath(); pen.moveTo(0, HEAD - .5); pen.lineTo(width, HEAD - .5); pen.moveTo(LABEL - .5, 0); pen.lineTo(LABEL - .5, height); pen.stroke();
  }

  /** The whole run: how much happens when, and where the faults are. Drawn once, then copied. */
  function overview() {
    const w = map.width, h = map.height;
    if (!mapImage) {
      mapPen.fillStyle = colours.sunk;
      mapPen.fillRect(0, 0, w, h);
      const amount = new Uint32Array(w);
      for (let i = 0; i < count; i++) amount[Math.min(w - 1, (time[i] / end * w) | 0)]++;
      const most = Math.log1p(amount.reduce((a, b) => Math.max(a, b), 1));
      mapPen.fillStyle = colours.strong;
      for (let px = 0; px < w; px++) { const tall = Math.log1p(amount[px]) / most * h * .8; mapPen.fillRect(px, h - tall, 1, tall); }
      for (let i = 0; i < count; i++) {
        if (kind[i] > 2) continue;
        mapPen.fillStyle = colours.kinds[kind[i]];
        mapPen.fillRect(time[i] / end * w - ratio, 0, 2 * ratio, kind[i] === 0 ? h : h / 3);
      }
      mapImage = mapPen.getImageData(0, 0, w, h);
    }
    mapPen.putImageData(mapImage, 0, 0);
    const left = state.from / end * w, right = state.to / end * w;
    mapPen.strokeStyle = colours.accent;
    mapPen.lineWidth = 2 * ratio;
    mapPen.globalAlpha = .25;
    mapPen.fillStyle = colours.accent;
    mapPen.fillRect(left, 0, Math.max(2, right - left), h);
    mapPen.globalAlpha = 1;
    mapPen.strokeRect(left, 1, Math.max(2, right - left), h - 2);
  }

  function show(low, high) {
    const least = 20, wide = Math.max(least, Math.min(high - low, end * 1.04));
    const middle = (low + high) / 2;
    state.from = Math.max(-end * .02, Math.min(middle - wide / 2, end * 1.02 - wide));
    state.to = state.from + wide;
    redraw();
  }
  const zoom = (by, at = (state.from + state.to) / 2) => show(at + (state.from - at) * by, at + (state.to - at) * by);
  /** Brings an event into view, closer if it would be lost among others. */
  function reveal(event) {
    const wide = state.to - state.from;
    if (time[event] < state.from + wide * .05 || time[event] > state.to - wide * .05) show(time[event] - wide / 2, time[event] + wide / 2);
    const top = place[row[event]] * laneHeight - state.scroll;
    if (top < 0 || top > height - HEAD - laneHeight) { state.scroll += top - (height - HEAD) / 2; layout(); }
  }

  function choose(event) {
    state.chosen = event;
    if (event >= 0) { reveal(event); describe(event); } else { $('event').innerHTML = ''; $('near').innerHTML = ''; }
    redraw();
  }

  function describe(event) {
    const link = i => `<a data-event="${i}">${escaped(laneName(row[i]))} ${escaped(clock(time[i]))}</a>`;
    const ends = (list, end, word) => [...list].map(i => `<li>${word} ${link(end[i])}, ${length(time[to[i]] - time[from[i]])}</li>`).join('');
    $('event').innerHTML = `<h2>${escaped(laneName(row[event]))}</h2><p class="quiet">${escaped(clock(time[event]))}, event ${event + 1} of ${count}</p><p>${escaped(texts[event])}</p>` +
      `<ul>${ends(arriving(event), from, 'from')}${ends(leaving(event), to, 'to')}` +
      [...threadsOf(event)].map(t => `<li><a data-thread="${t}">Follow ${escaped(run.threads[t])}</a> (${eventsOf(t).length} events)</li>`).join('') + '</ul>';
    const near = [];
    for (let i = event - 1, left = 12; i >= 0 && left; i--) if (stepped(i)) { near.unshift(i); left--; }
    near.push(event);
    for (let i = event + 1, left = 24; i < count && left; i++) if (stepped(i)) { near.push(i); left--; }
    $('near').innerHTML = near.map(i => `<li data-event="${i}"${i === event ? ' class="here"' : ''}><time>${escaped(clock(time[i]))}</time><strong>${escaped(laneName(row[i]))}</strong> ${escaped(texts[i])}</li>`).join('');
  }
  const stepped = i => wanted(i) && (!state.marked || state.marked.has(i));
  function step(by) {
    let i = state.chosen < 0 ? (by > 0 ? lower(order, state.from, timeOf) - 1 : lower(order, state.to, timeOf)) : state.chosen;
    do i += by; while (i >= 0 && i < count && !stepped(i));
    if (i >= 0 && i < count) choose(i);
  }

  function follow(thread) {
    state.thread = thread;
    state.marked = thread < 0 ? null : new Set(eventsOf(thread));
    $('unfollow').hidden = thread < 0;
    $('unfollow').textContent = thread < 0 ? '' : 'Stop following ' + run.threads[thread];
    if (thread >= 0) {
      const events = eventsOf(thread), low = time[events[0]], high = time[events.at(-1)], room = Math.max(40, (high - low) * .15);
      show(low - room, high + room);
    }
    layout();
    if (state.chosen >= 0) describe(state.chosen);
    redraw();
  }

  function find(query) {
    state.query = query;
    state.found = [];
    state.at = -1;
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length) {
      const names = run.lanes.map((_, r) => laneName(r).toLowerCase());
      for (let i = 0; i < count; i++) {
        if (!wanted(i)) continue;
        const text = texts[i].toLowerCase(), name = names[row[i]];
        if (words.every(w => text.includes(w) || name.includes(w))) state.found.push(i);
      }
    }
    $('found').textContent = words.length ? state.found.length + ' found' : '';
    redraw();
  }
  function nextFound(by) {
    if (!state.found.length) return;
    const base = state.chosen < 0 ? -1 : state.chosen;
    const at = by > 0 ? state.found.findIndex(i => i > base) : state.found.findLastIndex(i => i < base);
    state.at = at < 0 ? (by > 0 ? 0 : state.found.length - 1) : at;
    $('found').textContent = (state.at + 1) + ' of ' + state.found.length;
    choose(state.found[state.at]);
  }
  function nextFault() {
    const base = state.chosen < 0 ? -1 : state.chosen;
    const isFault = i => kind[i] === 0;
    let i = base + 1;
    while (i < count && !isFault(i)) i++;
    if (i >= count) for (i = 0; i < count && !isFault(i); i++);
    if (i < count) choose(i);
  }
  /** The last thing that happened up to the violation, with what led to it. */
  function moment() {
    if (run.violatedAt < 0 || !count) return;
    let i = Math.min(count - 1, lower(order, run.violatedAt + 1, timeOf) - 1);
    i = Math.max(0, i);
    const room = Math.max(2000, Math.min(end * .02, 200000));
    show(run.violatedAt - room, run.violatedAt + room * .25);
    choose(i);
  }

  function nearest(px, py) {
    let best = -1, least = 100;
    for (const r of shown) {
      const dy = y(r) - py;
      if (Math.abs(dy) > laneHeight / 2 + 2) continue;
      const events = eventsIn(r), start = lower(events, inverse(px - 10), timeOf), stop = lower(events, inverse(px + 10), timeOf);
      for (let i = start; i < stop && i < start + 5000; i++) {
        if (!state.kinds[kind[events[i]]]) continue;
        const distance = (x(time[events[i]]) - px) ** 2 + dy * dy * .2 + kind[events[i]] * .5;
        if (distance < least) { least = distance; best = events[i]; }
      }
    }
    return best;
  }

  // What the reader does.
  let grip = null;
  chart.addEventListener('pointerdown', event => {
    grip = { x: event.clientX, y: event.clientY, from: state.from, to: state.to, scroll: state.scroll, moved: false };
    chart.setPointerCapture(event.pointerId);
  });
  chart.addEventListener('pointermove', event => {
    const box = chart.getBoundingClientRect(), tip = $('tip');
    if (grip) {
      const dx = event.clientX - grip.x, dy = event.clientY - grip.y;
      if (Math.abs(dx) + Math.abs(dy) > 3) grip.moved = true;
      if (grip.moved) {
        const by = -dx / (width - LABEL) * (grip.to - grip.from);
        state.scroll = grip.scroll - dy;
        layout();
        show(grip.from + by, grip.to + by);
      }
      tip.hidden = true;
      return;
    }
    const event1 = nearest(event.clientX - box.left, event.clientY - box.top);
    tip.hidden = event1 < 0;
    if (event1 >= 0) {
      tip.innerHTML = `<strong>${escaped(laneName(row[event1]))}</strong> ${escaped(clock(time[event1]))}<br>${escaped(texts[event1])}`;
      tip.style.left = Math.min(window.innerWidth - tip.offsetWidth - 8, event.clientX + 12) + 'px';
      tip.style.top = Math.min(window.innerHeight - tip.offsetHeight - 8, event.clientY + 14) + 'px';
    }
  });
  chart.addEventListener('pointerup', event => {
    const box = chart.getBoundingClientRect();
    if (grip && !grip.moved) {
      const found = nearest(event.clientX - box.left, event.clientY - box.top);
      if (found >= 0) choose(found);
    }
    grip = null;
  });
  chart.addEventListener('pointerleave', () => { $('tip').hidden = true; });
  chart.addEventListener('wheel', event => {
    event.preventDefault();
    const box = chart.getBoundingClientRect(), wide = state.to - state.from;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const by = (event.deltaX || event.deltaY) / (width - LABEL) * wide;
      show(state.from + by, state.to + by);
    } else {
      zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / 300))), inverse(Math.max(LABEL, event.clientX - box.left)));
    }
  }, { passive: false });
  const jump = event => {
    const box = map.getBoundingClientRect(), at = (event.clientX - box.left) / box.width * end, wide = state.to - state.from;
    show(at - wide / 2, at + wide / 2);
  };
  map.addEventListener('pointerdown', event => { map.setPointerCapture(event.pointerId); jump(event); });
  map.addEventListener('pointermove', event => { if (event.buttons) jump(event); });
  document.addEventListener('keydown', event => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'search') {
      if (event.key === 'Enter') { nextFound(event.shiftKey ? -1 : 1); event.preventDefault(); }
      if (event.key === 'Escape') { event.target.value = ''; find(''); chart.focus(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = {
      ArrowLeft: () => step(-1), ArrowRight: () => step(1), '+': () => zoom(.5), '=': () => zoom(.5), '-': () => zoom(2), 0: () => show(0, end),
      f: nextFault, v: moment, n: () => nextFound(1), p: () => nextFound(-1), '/': () => $('find').focus(),
      Escape: () => { if (state.thread >= 0) follow(-1); else choose(-1); } };
    if (Object.hasOwn(keys, event.key)) { event.preventDefault(); keys[event.key](); }
  });
  $('whole').onclick = () => show(0, end);
  $('closer').onclick = () => zoom(.5);
  $('farther').onclick = () => zoom(2);
  $('before').onclick = () => step(-1);
  $('after').onclick = () => step(1);
  $('moment').onclick = moment;
  $('fault').onclick = nextFault;
  $('unfollow').onclick = () => follow(-1);
  $('find').oninput = event => find(event.target.value);
  $('concerned').onchange = event => { state.concerned = event.target.checked; layout(); redraw(); };
  document.querySelector('aside').addEventListener('click', event => {
    const at = event.target.closest('[data-event]'), thread = event.target.closest('[data-thread]');
    if (thread) follow(Number(thread.dataset.thread)); else if (at) choose(Number(at.dataset.event));
  });
  const boxes = (id, names, on, changed, colour) => {
    const list = $(id).querySelector('div');
    names.forEach((name, i) => {
      const label = document.createElement('label'), box = document.createElement('input');
      box.type = 'checkbox';
      box.checked = Boolean(on[i]);
      box.onchange = () => { on[i] = box.checked ? 1 : 0; changed(); };
      label.append(box);
      if (colour) { const swatch = document.createElement('span'); swatch.className = 'swatch'; swatch.style.background = `var(--k${i})`; label.append(swatch); }
      label.append(' ' + name);
      list.append(label);
    });
  };
  const refresh = () => { layout(); if (state.query) find(state.query); redraw(); };
  boxes('kinds', run.kinds, state.kinds, refresh, true);
  boxes('lanes', run.lanes.map((_, r) => laneName(r)), state.lanes, refresh, false);

  document.title = run.title;
  $('title').textContent = run.title;
  $('command').textContent = run.command;
  const violated = run.outcomes.filter(o => o[1] === 'violated'), held = run.outcomes.filter(o => o[1] === 'holds');
  $('verdict').innerHTML = (violated.length
    ? violated.map(o => `<span class="story"><span class="violated">✗ ${escaped(o[0])}</span> ${escaped(o[2])}</span>`).join('')
    : `<span class="holds">✓ ${held.length} ${held.length === 1 ? 'property holds' : 'properties hold'}</span>`) +
    ` <span class="quiet">${count.toLocaleString('en')} events in ${escaped(length(end))}</span>`;
  $('moment').hidden = run.violatedAt < 0;
  palette();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { palette(); draw(); });
  new ResizeObserver(resize).observe(chart);
  resize();
  if (run.violatedAt >= 0) moment(); else show(0, end);

  // For tests: what is shown, and how long frames take.
  window.cairn = {
    state, choose, follow, find, show, threads: run.threads, end, count,
    time: i => time[i], text: i => texts[i], lane: i => laneName(row[i]), spot: i => [x(time[i]), y(row[i])],
    frames(n) {
      const taken = [];
      const before = [state.from, state.to];
      for (let i = 0; i < n; i++) {
        // In from the whole run to a thousandth of it and along, as a reader would.
        const wide = end * 10 ** (-3 * i / n), at = end * (.2 + .6 * i / n);
        state.from = Math.max(0, at - wide / 2); state.to = state.from + wide;
        const start = performance.now();
        draw();
        // Reading one dot back waits until all were painted.
        pen.getImageData(0, 0, 1, 1);
        taken.push(performance.now() - start);
      }
      [state.from, state.to] = before;
      draw();
      return taken;
    } };
})();

'use strict';
(() => {
  const { report, prompts, gallery } = JSON.parse(document.getElementById('data').textContent);
  const figures = report.figures;
  const published = report.published;
  const root = document.documentElement;
  const byId = id => document.getElementById(id);

  // ---- elements: data reaches the page as text, never as markup
  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === 'on') for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
      else if (value === true) node.setAttribute(name, '');
      else if (value !== false && value != null) node.setAttribute(name, value);
    }
    node.append(...children.flat(Infinity).filter(child => child != null && child !== ''));
    return node;
  }
  const text = value => el('span', { class: 'text', dir: 'auto' }, value);

  // ---- numbers
  const whole = new Intl.NumberFormat('en');
  const count = n => n == null ? '–' : whole.format(n);
  const decimal = (n, digits = 2) => n == null ? '–' : n.toFixed(digits);
  const percent = n => n == null ? '–' : (n * 100).toFixed(n > 0 && n < 0.1 ? 1 : 0) + ' %';
  const sum = list => list.reduce((a, b) => a + b, 0);
  function span(seconds) {
    if (seconds < 60) return decimal(seconds, 1) + ' s';
    const minutes = Math.round(seconds / 60);
    return minutes < 60 ? minutes + ' min' : Math.floor(minutes / 60) + ' h ' + minutes % 60 + ' min';
  }

  // ---- the rounds that are compared
  const MOST_ROUNDS = 9;
  const shownRounds = figures.rounds.filter((round, i) => i === 0 || i > figures.rounds.length - MOST_ROUNDS);
  const series = shownRounds.map(round => ({ name: round.round === 0 ? 'Seeds' : 'Round ' + round.round, figures: round, step: round.round }));
  if (report.compared) {
    const last = Math.max(0, ...series.map(s => s.step));
    report.compared.figures.rounds.slice(0, MOST_ROUNDS).forEach((round, i) => series.push({
      name: report.compared.name + (round.round === 0 ? '' : ', round ' + round.round), figures: round, step: last + 1 + i, other: true,
    }));
  }
  const evolved = series.filter(s => s.step > 0);
  const onlySurvivors = figures.cells.every(cell => cell.attempted === cell.kept);

  // ---- colours: one accent, in steps
  const css = name => getComputedStyle(root).getPropertyValue(name).trim();
  function mix(from, to, share) {
    const parts = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
    const a = parts(from), b = parts(to);
    return '#' + a.map((v, i) => Math.round(v + (b[i] - v) * share).toString(16).padStart(2, '0')).join('');
  }
  let colours;
  function readColours() {
    colours = { ink: css('--ink'), soft: css('--soft'), faint: css('--faint'), line: css('--line'), accent: css('--accent'), card: css('--card') };
  }
  function shade(one) {
    if (one.step === 0) return colours.faint;
    const steps = Math.max(1, ...series.filter(s => !s.other).map(s => s.step));
    if (one.other) return colours.ink;
    return mix(colours.card, colours.accent, 0.4 + 0.6 * one.step / steps);
  }

  // ---- charts: drawn when they come into view, each with a table of its numbers
  const charts = [];
  const seen = new IntersectionObserver(entries => entries.forEach(entry => {
    if (entry.isIntersecting) charts.filter(chart => chart.holder === entry.target).forEach(draw);
  }), { rootMargin: '300px' });
  function draw(chart) {
    if (!chart.instance) {
      chart.instance = echarts.init(chart.holder, null, { renderer: 'canvas' });
    }
    const option = chart.option();
    chart.instance.setOption(Object.assign({
      animation: false,
      backgroundColor: 'transparent',
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colours.soft },
    }, option), true);
  }
  function redraw() {
    readColours();
    document.querySelectorAll('[data-step]').forEach(mark => { mark.style.background = shade(series[mark.dataset.step]); });
    document.querySelectorAll('[data-tone]').forEach(mark => { mark.style.background = tone(mark.dataset.tone); });
    charts.filter(chart => chart.instance).forEach(draw);
  }
  function chart(title, says, option, table, tall) {
    const holder = el('div', { class: 'chart' + (tall ? ' tall' : ''), role: 'img', 'aria-label': title + '. The numbers stand in the table below.' });
    const figure = el('figure', {},
      el('figcaption', {}, el('h3', {}, title), says ? el('p', {}, says) : null),
      holder,
      el('details', {}, el('summary', {}, 'Numbers'), el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Numbers: ' + title }, table)));
    charts.push({ holder, option });
    seen.observe(holder);
    return figure;
  }
  function table(head, rows, numbers = 1) {
    return el('table', {},
      el('thead', {}, el('tr', {}, head.map((name, i) => el('th', { scope: 'col', class: i >= numbers ? 'n' : null }, name)))),
      el('tbody', {}, rows.map(row => el('tr', {}, row.map((cell, i) => el('td', { class: i >= numbers ? 'n' : null, dir: i < numbers ? 'auto' : null }, cell))))));
  }
  const axis = extra => ({
    axisLine: { lineStyle: { color: colours.line } }, axisTick: { show: false }, splitLine: { lineStyle: { color: colours.line } },
    nameTextStyle: { color: colours.soft }, ...extra, axisLabel: { color: colours.soft, hideOverlap: true, fontSize: 11, ...extra.axisLabel },
  });
  const tip = extra => Object.assign({
    renderMode: 'richText', confine: true, backgroundColor: colours.card, borderColor: colours.line, textStyle: { color: colours.ink, fontSize: 12 },
  }, extra);
  const grid = { left: 26, right: 30, top: 16, bottom: 8, containLabel: true };
  const tone = name => ({ kept: colours.accent, judge: mix(colours.card, colours.accent, 0.5), rules: mix(colours.card, colours.accent, 0.22), failed: colours.faint }[name]);
  const shorten = (name, length) => { const letters = Array.from(name); return letters.length > length ? letters.slice(0, length - 1).join('') + '…' : name; };

  function seriesKey() {
    const left = figures.rounds.length - shownRounds.length;
    return [left ? el('p', { class: 'note' }, 'Of ' + count(figures.rounds.length) + ' rounds the first and the last ones are drawn; the JSON file has all.') : null, el('ul', { class: 'key' }, series.map((one, i) => el('li', {}, el('i', { 'data-step': i }), one.name)))];
  }

  // ---- head
  byId('title').textContent = report.title;
  document.title = report.title;
  const instructions = sum(figures.rounds.map(round => round.instructions));
  byId('lead').textContent = count(figures.samples) + (figures.samples === 1 ? ' sample, ' : ' samples, ')
    + count(instructions) + (instructions === 1 ? ' instruction' : ' instructions') + (figures.kept ? ', ' + count(figures.kept) + ' of them evolved' : '') + '.';
  byId('foot').textContent = 'Made from the data alone; no request leaves this page. The same numbers lie in the JSON file beside it.';

  // ---- run
  function tile(name, value, small) {
    return el('div', { class: 'tile' }, el('dt', {}, name), el('dd', {}, value, small ? el('small', {}, small) : null));
  }
  function runSection() {
    const section = byId('run');
    const run = report.run || {};
    const cells = figures.cells;
    const attempted = sum(cells.map(cell => cell.attempted));
    const seeds = (figures.rounds.find(round => round.round === 0) || { instructions: 0 }).instructions;
    section.append(el('dl', { class: 'tiles' },
      tile('Samples', count(figures.samples)),
      tile('Seed instructions', count(seeds)),
      tile('Kept', count(figures.kept), onlySurvivors || !attempted ? null : percent(figures.kept / attempted) + ' of ' + count(attempted) + ' attempts'),
      run.calls != null ? tile('Model calls', count(run.calls), run.failed_calls ? count(run.failed_calls) + ' failed' : null) : null,
      run.calls != null ? tile('Tokens', count(run.prompt_tokens + run.completion_tokens), run.prompt_tokens ? percent(run.cached_tokens / run.prompt_tokens) + ' of the prompts from a cache' : null) : null,
      run.cost != null ? tile('Cost', (+run.cost).toFixed(2), run.unpriced.length ? 'without ' + run.unpriced.join(', ') : null) : null,
      run.seconds != null ? tile('Time', span(run.seconds)) : null));
    for (const one of report.tables) {
      section.append(el('div', { class: 'card' }, el('h3', {}, one.title),
        el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': one.title }, table(one.columns, one.rows))));
    }
    if (run.stopped_by) section.append(el('p', { class: 'note' }, 'Stopped early: ', text(run.stopped_by)));
    if (cells.length && !onlySurvivors) section.append(el('div', { class: 'grid' }, funnel(cells)));
    else if (cells.length) section.append(el('p', { class: 'note' }, 'These data hold survivors alone; what was eliminated is not known here.'));
    if (run.account && run.account.length) {
      section.append(el('div', { class: 'card' }, el('h3', {}, 'Model calls'), el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Model calls' }, table(
        ['Purpose', 'Model', 'Calls', 'Failed', 'Prompt', 'Cached', 'Completion', 'Cost', 'Mean'],
        run.account.map(line => [line.purpose, line.client, count(line.calls), count(line.failed_calls), count(line.prompt_tokens), count(line.cached_tokens), count(line.completion_tokens), line.cost == null ? '–' : (+line.cost).toFixed(4), decimal(line.mean_seconds) + ' s']), 2))));
    }
    const setup = Object.entries(report.setup);
    if (setup.length) {
      section.append(el('div', { class: 'card' }, el('h3', {}, 'What was asked'), el('details', {}, el('summary', {}, setup.length + ' settings'),
        el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Settings' }, table(['Setting', 'Value'], setup.map(([name, value]) => [name, text(value)]), 2)))));
    }
  }
  const ruled = cell => cell.eliminated - cell.judge_rejected;
  const MOST_CELLS = 24;
  function funnel(all) {
    const cells = all.slice(0, MOST_CELLS);
    const names = cells.map(cell => 'Round ' + cell.round + ' · ' + cell.direction);
    const parts = [
      ['Kept', 'kept', cell => cell.kept], ['Rejected by the judge', 'judge', cell => cell.judge_rejected],
      ['Rejected by rules', 'rules', ruled], ['Failed', 'failed', cell => cell.failed]];
    const figure = chart('What became of the attempts', 'Each bar is one round in one direction, 100 % of its attempts: rules decide first, then the judge. What selections dropped at the end counts with the rules.' + (all.length > cells.length ? ' The first ' + cells.length + ' of ' + count(all.length) + '; the table has all.' : ''),
      () => ({
        grid, tooltip: tip({ trigger: 'axis', axisPointer: { type: 'none' }, formatter: hits => {
          const cell = cells[hits[0].dataIndex];
          return names[hits[0].dataIndex] + '\n' + parts.map(([name, , of]) => name + ': ' + count(of(cell)) + ' (' + percent(of(cell) / cell.attempted) + ')').join('\n');
        } }),
        xAxis: axis({ type: 'value', max: 1, axisLabel: { formatter: v => Math.round(v * 100) + ' %' } }),
        yAxis: axis({ type: 'category', data: names.map(name => shorten(name, 24)), inverse: true, axisLabel: { interval: 0, hideOverlap: false } }),
        series: parts.map(([name, key, of]) => ({
          name, type: 'bar', stack: 'all', barMaxWidth: 22, itemStyle: { color: tone(key) }, data: cells.map(cell => of(cell) / cell.attempted),
          label: { show: key === 'kept', position: 'insideLeft', color: css('--on-accent'), formatter: hit => hit.value > 0.12 ? count(cells[hit.dataIndex].kept) : '' },
        })),
      }),
      table(['Round', 'Direction', 'Attempted', 'Failed', 'Rejected by rules', 'by the judge', 'Kept', 'Share'], all.map(cell => [String(cell.round), cell.direction, count(cell.attempted), count(cell.failed), count(ruled(cell)), count(cell.judge_rejected), count(cell.kept), percent(cell.kept / cell.attempted)]), 2), cells.length > 6);
    figure.classList.add('wide');
    figure.insertBefore(el('ul', { class: 'key' }, parts.map(([name, key]) => el('li', {}, el('i', { 'data-tone': key }), name))), figure.children[1]);
    return figure;
  }

  // ---- complexity
  function spread(title, says, key, wide) {
    const shown = series.filter(one => one.figures[key].count > 0);
    if (!shown.length) return null;
    return chart(title, says, () => {
      const points = one => one.figures[key].bins.map(([from, , n]) => [from, n / one.figures[key].count]);
      const binned = one => wide ? coarse(one.figures[key]) : points(one);
      return {
        grid, tooltip: tip({ trigger: 'axis', formatter: hits => (wide ? 'about ' : '') + decimal(hits[0].axisValue, 0) + '\n' + hits.map(hit => hit.seriesName + ': ' + percent(hit.value[1])).join('\n') }),
        xAxis: axis({ type: wide ? 'log' : 'value', min: wide ? 'dataMin' : null, minInterval: 1, splitLine: { show: false }, axisLabel: { formatter: v => count(Math.round(v)) } }),
        yAxis: axis({ type: 'value', axisLabel: { formatter: v => Math.round(v * 100) + ' %' } }),
        series: shown.map(one => ({
          name: one.name, type: 'line', data: binned(one), symbolSize: 5, showSymbol: !wide, smooth: wide ? 0.3 : false, smoothMonotone: 'x',
          lineStyle: { width: 2, color: shade(one), type: one.step === 0 ? 'dashed' : 'solid' }, itemStyle: { color: shade(one) },
        })),
      };
    }, table(['', 'Instructions', 'Mean', 'Median', '10 %', '90 %', 'Least', 'Most'], shown.map(one => {
      const of = one.figures[key];
      return [one.name, count(of.count), decimal(of.mean), decimal(of.median, 0), decimal(of.tenth, 0), decimal(of.ninetieth, 0), count(of.min), count(of.max)];
    })));
  }
  /** Shares by doublings of the number, two bins each. */
  function coarse(of) {
    const bins = new Map();
    for (const [from, to, n] of of.bins) {
      const at = Math.round(Math.log2(Math.max(1, (from + to) / 2)) * 2);
      bins.set(at, (bins.get(at) || 0) + n / of.count);
    }
    const keys = [...bins.keys()];
    const points = [];
    for (let at = Math.min(...keys); at <= Math.max(...keys); at++) points.push([2 ** (at / 2), bins.get(at) || 0]);
    return points;
  }
  function means() {
    const wanted = [['Skills', 'skills', 'skills'], ['Steps', 'steps', 'steps'], ['Score', 'score', 'score']];
    return wanted.map(([title, key, mark]) => {
      const shown = series.filter(one => one.figures[key].count > 0);
      if (!shown.length) return null;
      return chart('Mean ' + title.toLowerCase(), null, () => ({
        grid, tooltip: tip({ trigger: 'item', formatter: hit => hit.seriesName + ', ' + series[hit.dataIndex].name + ': ' + decimal(hit.value) }),
        xAxis: axis({ type: 'category', data: series.map(one => shorten(one.name, 14) + '\n' + decimal(one.figures[key].mean)), splitLine: { show: false }, axisLabel: { lineHeight: 16 } }),
        yAxis: axis({ type: 'value', min: 0, splitNumber: 3 }),
        series: [
          { name: 'These data', type: 'bar', barMaxWidth: 34, data: series.map(one => ({ value: one.figures[key].mean, itemStyle: { color: shade(one), borderRadius: [4, 4, 0, 0] } })) },
          { name: 'Paper', type: 'line', symbol: 'rect', symbolSize: [26, 2], lineStyle: { width: 1, type: [3, 5], color: colours.soft }, itemStyle: { color: colours.soft }, connectNulls: true,
            data: series.map(one => one.other ? null : (published[mark].find(([round]) => round === one.step) || [])[1] ?? null) },
        ],
      }), table(['', 'Mean', 'Paper'], series.map(one => [one.name, decimal(one.figures[key].mean), one.other ? '–' : decimal((published[mark].find(([round]) => round === one.step) || [])[1])])));
    });
  }
  function improved() {
    const cells = figures.cells.filter(cell => cell.improved != null).slice(0, MOST_CELLS);
    if (!cells.length) return null;
    const directions = [...new Set(cells.map(cell => cell.direction))];
    const rounds = [...new Set(cells.map(cell => cell.round))];
    const value = (round, direction) => (cells.find(cell => cell.round === round && cell.direction === direction) || {}).improved;
    return chart('Improved on the parent', 'Share that the judge kept of what it was asked about. The two grey lines: the paper’s 68 to 72 %, round 1 only.', () => ({
      grid, tooltip: tip({ trigger: 'axis', axisPointer: { type: 'none' }, formatter: hits => 'Round ' + rounds[hits[0].dataIndex] + '\n' + hits.filter(hit => hit.value != null && hit.seriesType === 'bar').map(hit => hit.seriesName + ': ' + percent(hit.value)).join('\n') }),
      xAxis: axis({ type: 'category', data: rounds.map(round => 'Round ' + round) }),
      yAxis: axis({ type: 'value', min: 0, max: 1, axisLabel: { formatter: v => Math.round(v * 100) + ' %' } }),
      series: directions.map((direction, i) => ({
        name: shorten(direction, 24), type: 'bar', barMaxWidth: 26, itemStyle: { color: mix(colours.card, colours.accent, 1 - 0.65 * i / Math.max(1, directions.length - 1)), borderRadius: [4, 4, 0, 0] },
        data: rounds.map(round => value(round, direction) ?? null),
        label: { show: true, position: 'insideBottom', rotate: 90, align: 'left', verticalAlign: 'middle', distance: 8, fontSize: 11, color: i === 0 ? css('--on-accent') : colours.ink, formatter: hit => hit.value == null ? '' : shorten(hit.seriesName, 14) },
      })).concat(rounds[0] !== 1 ? [] : published.improved_in_round_1.map(v => ({
        name: 'Paper', type: 'scatter', silent: true, symbol: 'rect', symbolSize: [110, 1.5], itemStyle: { color: colours.soft }, z: 5, data: [['Round 1', v]],
      }))),
    }), table(['Round', 'Direction', 'Improved', 'Decided by the judge'], cells.map(cell => [String(cell.round), cell.direction, percent(cell.improved), count(cell.judge_kept + cell.judge_rejected)]), 2));
  }
  function complexitySection() {
    const section = byId('complexity');
    section.append(...seriesKey().filter(Boolean), el('div', { class: 'grid' }, means()));
    section.append(el('div', { class: 'grid two' },
      spread('Skills of an instruction', 'Distinct skills, of instructions that name any.', 'skills'),
      spread('Steps of an instruction', 'Of instructions that have any.', 'steps'),
      spread('Score', 'Given by the judge, 0 to 10.', 'score'),
      improved(),
      spread('Score gained over the parent', 'Where both have one.', 'score_gain_over_parent'),
      spread('Score gained over the seed', 'Where both have one.', 'score_gain_over_seed')
        || (evolved.some(one => one.figures.score.count) ? el('div', { class: 'card' }, el('h3', {}, 'Score gained over the seed'), el('p', { class: 'empty' }, 'The seeds have no scores: no judge has seen them, and the data file gives none. See the gain over the parent.')) : null),
      spread('Length of the question', 'Characters.', 'question_characters', true),
      spread('Length of the answer', 'Characters.', 'answer_characters', true)));
    section.append(el('p', { class: 'note' }, published.note));
  }

  // ---- diversity
  function shares(title, says, key, most) {
    const shown = series.filter(one => one.figures[key].total > 0);
    if (!shown.length) return null;
    const totals = new Map();
    shown.forEach(one => one.figures[key].top.forEach(([name, n]) => totals.set(name, (totals.get(name) || 0) + n / one.figures[key].total)));
    const names = [...totals.entries()].sort((a, b) => b[1] - a[1]).slice(0, most).map(([name]) => name);
    const of = (one, name) => (one.figures[key].top.find(([other]) => other === name) || [name, 0])[1];
    return chart(title, says, () => ({
      grid, tooltip: tip({ trigger: 'axis', axisPointer: { type: 'none' }, formatter: hits => names[hits[0].dataIndex] + '\n' + hits.map(hit => hit.seriesName + ': ' + percent(hit.value)).join('\n') }),
      xAxis: axis({ type: 'value', axisLabel: { formatter: v => Math.round(v * 100) + ' %' } }),
      yAxis: axis({ type: 'category', inverse: true, data: names.map(name => shorten(name, 24)), axisLabel: { interval: 0, hideOverlap: false } }),
      series: shown.map(one => ({ name: one.name, type: 'bar', barMaxWidth: 12, barGap: '10%', itemStyle: { color: shade(one) }, data: names.map(name => of(one, name) / one.figures[key].total) })),
    }), table(['', ...shown.map(one => one.name)], names.map(name => [name, ...shown.map(one => count(of(one, name)))])), names.length > 5);
  }
  function verbNouns() {
    const shown = series.filter(one => one.figures.verb_nouns.total > 0);
    if (!shown.length) return null;
    let chosen = shown[shown.length - 1];
    const figure = chart('What the questions ask for', null, () => {
      const verbs = new Map();
      for (const [pair, n] of chosen.figures.verb_nouns.top) {
        const [verb, noun] = pair.split(' ');
        if (!verbs.has(verb)) verbs.set(verb, { name: verb, n: 0, nouns: [] });
        const entry = verbs.get(verb);
        entry.n += n;
        if (noun && entry.nouns.length < 8) entry.nouns.push({ name: noun, value: n });
      }
      const top = [...verbs.values()].sort((a, b) => b.n - a.n).slice(0, 20);
      const most = top.length ? top[0].n : 1;
      return {
        tooltip: tip({ formatter: hit => hit.treePathInfo.slice(1).map(part => part.name).join(' ') + ': ' + count(hit.value) }),
        series: [{
          type: 'sunburst', radius: ['14%', '96%'], nodeClick: false, sort: 'desc', emphasis: { focus: 'ancestor' },
          itemStyle: { borderColor: colours.card, borderWidth: 1.5 },
          label: { color: colours.ink, fontSize: 11, minAngle: 7, formatter: hit => shorten(hit.name, 12) },
          data: top.map(verb => {
            const colour = mix(colours.card, colours.accent, 0.3 + 0.6 * verb.n / most);
            return { name: verb.name, value: verb.n, itemStyle: { color: colour }, label: { color: verb.n / most > 0.45 ? css('--on-accent') : colours.ink }, children: verb.nouns.map(noun => ({ ...noun, itemStyle: { color: mix(colours.card, colour, 0.45) } })) };
          }),
          levels: [{}, { r0: '14%', r: '52%', label: { rotate: 'radial' } }, { r0: '52%', r: '96%', label: { rotate: 'radial' } }],
        }],
      };
    }, table(['', 'Questions', 'Undecided', 'Distinct pairs', 'Entropy (bits)', 'Most frequent'], shown.map(one => {
      const of = one.figures.verb_nouns;
      return [one.name, count(of.asked), percent(of.undecided / of.asked), count(of.distinct) + (of.others ? ' and more' : ''), decimal(of.entropy), of.top.slice(0, 5).map(([pair, n]) => pair + ' ' + count(n)).join(', ')];
    })), true);
    const says = el('p', {});
    const pick = el('select', { 'aria-label': 'Round of the verb-noun chart', on: { change: () => { chosen = shown[pick.value]; show(); draw(charts.find(one => figure.contains(one.holder))); } } },
      shown.map((one, i) => el('option', { value: i, selected: one === chosen }, one.name)));
    function show() {
      const of = chosen.figures.verb_nouns;
      says.textContent = 'Root verb inside, its noun outside. ' + count(of.distinct) + (of.others ? ' and more' : '') + ' distinct pairs, entropy ' + decimal(of.entropy) + ' bits; of ' + percent(of.undecided / of.asked) + ' the parser could not tell (other languages among them).';
    }
    show();
    figure.firstChild.append(says, el('p', {}, pick));
    return figure;
  }
  function tail() {
    const shown = series.filter(one => one.figures.objects.total > 0).map(one => ({ name: one.name, objects: one.figures.objects, colour: () => shade(one), dashed: one.step === 0 }));
    if (figures.annotated_objects.total) shown.unshift({ name: 'Annotated in the images', objects: figures.annotated_objects, colour: () => colours.soft, dashed: true });
    if (!shown.length) return null;
    return chart('The long tail of objects', 'How often the objects that instructions name occur, by rank; both axes are logarithmic.' + (figures.annotated_objects.total ? ' Dashed and dark: all that are annotated, named or not.' : ''), () => ({
      grid: { ...grid, bottom: 24 }, tooltip: tip({ trigger: 'item', formatter: hit => hit.seriesName + '\nrank ' + count(hit.value[0]) + ': ' + count(hit.value[1]) + ' times' }),
      xAxis: axis({ type: 'log', name: 'rank', nameLocation: 'middle', nameGap: 26, splitLine: { show: false }, axisLabel: { formatter: v => count(v) } }),
      yAxis: axis({ type: 'log', min: 1, axisLabel: { formatter: v => count(v) } }),
      series: shown.map(one => ({ name: one.name, type: 'line', data: one.objects.ranks, symbolSize: 4, lineStyle: { width: 2, color: one.colour(), type: one.dashed ? 'dashed' : 'solid' }, itemStyle: { color: one.colour() } })),
    }), table(['', 'Distinct', 'Entropy (bits)', 'Most frequent'], shown.map(one => [one.name, count(one.objects.distinct) + (one.objects.others ? ' and more' : ''), decimal(one.objects.entropy), one.objects.top.slice(0, 8).map(([name, n]) => shorten(name, 30) + ' ' + count(n)).join(', ')])), true);
  }
  function likeness() {
    const shown = series.filter(one => one.figures.self_similarity.mean != null);
    if (!shown.length) return null;
    return chart('Self-similarity of the questions', 'How much of its letters’ triples a question shares with the most similar other one, on average; lower is more varied.', () => ({
      grid: { ...grid, top: 24 }, tooltip: tip({ formatter: hit => hit.name + ': ' + decimal(hit.value, 3) }),
      xAxis: axis({ type: 'category', data: shown.map(one => shorten(one.name, 14)) }),
      yAxis: axis({ type: 'value', min: 0, max: 1, interval: 0.25 }),
      series: [{ type: 'bar', barMaxWidth: 34, data: shown.map(one => ({ value: one.figures.self_similarity.mean, itemStyle: { color: shade(one), borderRadius: [4, 4, 0, 0] } })), label: { show: true, position: 'top', color: colours.ink, formatter: hit => decimal(hit.value) } }],
    }), table(['', 'Mean', 'Questions compared'], shown.map(one => [one.name, decimal(one.figures.self_similarity.mean, 3), count(one.figures.self_similarity.sampled)])));
  }
  function skeletons() {
    const of = figures.skeletons;
    if (!of.top.length || of.top[0][1] < 2) return null;
    const most = of.top.filter(([, n]) => n > 1);
    return el('div', { class: 'card' },
      el('h3', {}, 'Questions of one make'), el('p', {}, 'The ' + (most.length === 1 ? 'most frequent question' : count(most.length) + ' most frequent questions') + ' of what was kept when what they ask about is left out. A cap for each skeleton thins them out.'),
      el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Questions of one make' },
        table(['Skeleton', 'Questions', 'Share'], most.map(([text, n]) => [text, count(n), percent(n / of.total)]))));
  }
  function diversitySection() {
    byId('diversity').append(...seriesKey().filter(Boolean), el('div', { class: 'grid two' },
      verbNouns(), tail(), shares('Forms', 'Share of the instructions that name one.', 'forms', 12), shares('Skills', 'Share of all mentions.', 'skill_names', 12),
      likeness(), shares('Right letters of multiple choice', 'Even is good: a model must not win by always saying B.', 'letters', 8), shares('Yes and no', 'Of answers that begin so.', 'yes_no', 2)), skeletons() || '');
  }

  // ---- truth
  const markNames = { verified: 'Verified', partly: 'Partly verified', undecided: 'Undecided' };
  function truthSection() {
    const section = byId('truth');
    const marked = series.filter(one => sum(Object.values(one.figures.verification)) > 0);
    const parts = [];
    if (marked.length) {
      const marks = Object.keys(markNames);
      const of = (one, mark) => (one.figures.verification[mark] || 0) / sum(Object.values(one.figures.verification));
      const figure = chart('Marks of what was kept', 'Verified: the annotations confirm all that was looked at. Undecided: nobody but a model vouches for it.', () => ({
        grid, tooltip: tip({ trigger: 'axis', axisPointer: { type: 'none' }, formatter: hits => marked[hits[0].dataIndex].name + '\n' + hits.map(hit => hit.seriesName + ': ' + percent(hit.value)).join('\n') }),
        xAxis: axis({ type: 'value', max: 1, axisLabel: { formatter: v => Math.round(v * 100) + ' %' } }),
        yAxis: axis({ type: 'category', inverse: true, data: marked.map(one => shorten(one.name, 14)) }),
        series: marks.map((mark, i) => ({ name: markNames[mark], type: 'bar', stack: 'all', barMaxWidth: 22, itemStyle: { color: tone(['kept', 'judge', 'failed'][i]) }, data: marked.map(one => of(one, mark)) })),
      }), table(['', ...Object.values(markNames)], marked.map(one => [one.name, ...marks.map(mark => count(one.figures.verification[mark] || 0))])));
      figure.insertBefore(el('ul', { class: 'key' }, marks.map((mark, i) => el('li', {}, el('i', { 'data-tone': ['kept', 'judge', 'failed'][i] }), markNames[mark]))), figure.children[1]);
      parts.push(figure);
    }
    const checks = new Map();
    series.filter(one => !one.other).forEach(one => Object.entries(one.figures.checks).forEach(([by, results]) => {
      const entry = checks.get(by) || {};
      Object.entries(results).forEach(([result, n]) => { entry[result] = (entry[result] || 0) + n; });
      checks.set(by, entry);
    }));
    parts.push(el('div', { class: 'card' }, el('h3', {}, 'Claims that were looked at'),
      checks.size ? el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Checks' }, table(['By', 'Confirmed', 'Undecided', 'Disputed', 'Settled as right'], [...checks.entries()].map(([by, n]) => [by, count(n.confirmed || 0), count(n.undecided || 0), count(n.disputed || 0), count(n.settled || 0)])))
        : el('p', { class: 'empty' }, 'No claim of a kept instruction was looked at by a rule.'),
      el('p', { class: 'note' }, 'A dispute is a claim that the annotations speak against, though they may be wrong themselves; the judge, who sees the image, settles it. Settled as right: the claim holds, the annotation is wrong or lacks something. Undecided: the image cannot tell either. Where the annotation is right, the instruction is eliminated; see the reasons.')));
    parts.push(agreement(), difficulty());
    const by = new Map();
    const rounds = [...new Set(figures.cells.map(cell => cell.round))].slice(0, 12);
    figures.cells.forEach(cell => [['eliminated', cell.eliminated_by], ['failed', cell.failed_by]].forEach(([outcome, counts]) => Object.entries(counts).forEach(([name, n]) => {
      const entry = by.get(outcome + '\n' + name) || { outcome, name, rounds: {}, total: 0 };
      entry.rounds[cell.round] = (entry.rounds[cell.round] || 0) + n;
      entry.total += n;
      by.set(outcome + '\n' + name, entry);
    })));
    const losses = [...by.values()].sort((a, b) => b.total - a.total).slice(0, 60);
    if (losses.length) {
      parts.push(el('div', { class: 'card wide' }, el('h3', {}, 'Who eliminated, and what failed'), el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Eliminations' },
        table(['By', 'Outcome', ...rounds.map(round => 'Round ' + round), 'All', 'Examples'], losses.map(loss => [loss.name, loss.outcome, ...rounds.map(round => count(loss.rounds[round] || 0)), count(loss.total),
          browser.has('by', loss.name) ? el('button', { type: 'button', on: { click: () => browser.show({ by: loss.name, outcome: loss.outcome }) } }, 'Show') : '–']), 2))));
    }
    const reasons = figures.reasons.top.slice(0, 40);
    if (reasons.length) {
      const all = sum(figures.cells.map(cell => cell.eliminated));
      parts.push(el('div', { class: 'card wide' }, el('h3', {}, 'Reasons'), el('p', { class: 'note' }, 'Who eliminated, and what was objected to; an instruction that has several objections counts for each. # stands for a number.'), scrolled('Reasons',
        table(['By and what', 'Instructions', 'Of all eliminated'], reasons.map(([name, n]) => [name, count(n), percent(n / all)])))));
    }
    section.append(el('div', { class: 'grid two' }, parts.filter(Boolean)));
  }
  const scrolled = (name, content) => el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': name }, content);
  const within = one => one ? decimal(one.value) + ' (' + decimal(one.low) + '–' + decimal(one.high) + ')' : '–';
  function agreement() {
    const audit = report.audit;
    if (!audit) return el('div', { class: 'card' }, el('h3', {}, 'Agreement with people'), el('p', { class: 'empty' }, 'Not measured: no marks of an audit were given.'));
    return el('div', { class: 'card wide' }, el('h3', {}, 'Agreement with people'),
      el('p', { class: 'note' }, count(audit.marked) + ' instructions were marked by people. Shares are weighted to hold for the whole run, with 95 % intervals.'),
      scrolled('Agreement with people', table(['Who', 'Direction', 'Marked', 'Kept, good', 'Kept, bad', 'Eliminated, good', 'Eliminated, bad', 'Agreement', 'Kappa'],
        audit.eliminators.map(row => [row.by, row.direction, count(row.marked), count(row.kept_good), count(row.kept_bad), count(row.eliminated_good), count(row.eliminated_bad), within(row.accuracy), within(row.kappa)]), 2)),
      audit.kept.length ? scrolled('Good ones among the kept', table(['Kept in direction', 'Marked', 'Share that is good'], audit.kept.map(row => [row.direction, count(row.marked), within(row.good)]))) : null);
  }
  function difficulty() {
    const of = figures.difficulty;
    if (!of.measured) return el('div', { class: 'card' }, el('h3', {}, 'Score and difficulty'), el('p', { class: 'empty' }, 'Not measured: no solver was asked to answer what was kept.'));
    return chart('Score and difficulty', 'How often a solver that sees the image gave another answer, on average, by the judge’s score; ' + count(of.measured) + ' instructions, rank correlation ' + decimal(of.rank_correlation) + '. Rising is good: what scores high is hard.', () => ({
      grid: { ...grid, top: 24 }, tooltip: tip({ formatter: hit => 'Score ' + hit.name + ': ' + percent(hit.value) + ' other answers' }),
      xAxis: axis({ type: 'category', name: 'score', nameLocation: 'middle', nameGap: 26, data: of.by_score.map(row => String(row.score)) }),
      yAxis: axis({ type: 'value', min: 0, max: 1, axisLabel: { formatter: v => Math.round(v * 100) + ' %' } }),
      series: [{ type: 'bar', barMaxWidth: 34, itemStyle: { color: colours.accent, borderRadius: [4, 4, 0, 0] }, data: of.by_score.map(row => row.difficulty) }],
    }), table(['Score', 'Instructions', 'Other answers'], of.by_score.map(row => [String(row.score), count(row.count), percent(row.difficulty)])));
  }

  // ---- browse
  const browser = (() => {
    const PAGE = 12;
    const items = [];
    for (const sample of gallery) {
      const versions = new Map(sample.seeds.map(seed => [seed.id, { ...seed, round: 0 }]));
      const children = new Map();
      sample.attempts.filter(attempt => attempt.outcome === 'kept').forEach(attempt => { versions.set(attempt.id, attempt); children.set(attempt.parent, attempt); });
      const add = item => items.push({
        sample, item, versions, children,
        values: {
          round: String(item.round), direction: item.direction || '', outcome: item.outcome || 'seed', by: item.by || '', form: item.form || '',
          score: item.score == null ? '' : String(item.score), mark: item.mark || '',
        },
        words: [item.question, item.answer, sample.caption, sample.image, item.why, item.reason].filter(Boolean).join('\n').toLowerCase(),
      });
      sample.seeds.forEach(seed => add({ ...seed, round: 0 }));
      sample.attempts.forEach(add);
    }
    const has = (field, value) => items.some(entry => entry.values[field] === value);
    const fields = [['outcome', 'Outcome'], ['round', 'Round'], ['direction', 'Direction'], ['by', 'Decided by'], ['form', 'Form'], ['score', 'Score'], ['mark', 'Mark']];
    const controls = {};
    let found = items, page = 0, chosen = 0;
    const status = el('span', { role: 'status', 'aria-live': 'polite' });
    const list = el('ul', { class: 'list', role: 'listbox', tabindex: 0, 'aria-label': 'Instructions', on: { keydown: keys } });
    const detail = el('div', { class: 'detail card', role: 'region', 'aria-label': 'The chosen instruction' });
    const back = el('button', { type: 'button', on: { click: () => turn(-1) } }, 'Previous');
    const on = el('button', { type: 'button', on: { click: () => turn(1) } }, 'Next');
    const search = el('input', { type: 'search', id: 'search', placeholder: 'words in question, answer, caption …', on: { input: filter } });

    function build() {
      const section = byId('browse');
      if (!items.length) {
        section.append(el('p', { class: 'empty' }, 'No samples to browse.'));
        return;
      }
      const boxes = fields.map(([field, title]) => {
        const values = [...new Set(items.map(entry => entry.values[field]))].filter(Boolean);
        if (values.length < 2 && field !== 'outcome') return null;
        values.sort((a, b) => isNaN(a) || isNaN(b) ? a.localeCompare(b) : a - b);
        const select = el('select', { name: field, on: { change: filter } }, el('option', { value: '' }, 'any'), values.map(value => el('option', { value }, shorten(value, 40))));
        controls[field] = select;
        return el('label', {}, title, select);
      });
      section.append(
        el('p', { class: 'note' }, 'An even sample of ' + count(gallery.length) + ' of ' + count(figures.samples) + ' samples; every round, direction and eliminator is among them. Arrow keys move through the list.'),
        el('form', { class: 'filters', role: 'search', 'aria-label': 'Filter the instructions', on: { submit: event => event.preventDefault() } }, boxes, el('label', { class: 'search' }, 'Text', search)),
        el('div', { class: 'status' }, status, el('button', { type: 'button', on: { click: () => show({}) } }, 'Clear'), back, on),
        el('div', { class: 'master' }, list, detail));
      section.querySelector('.note').style.margin = '-0.75rem 0 1.25rem';
      if (has('outcome', 'kept')) controls.outcome.value = 'kept';
      filter();
    }
    function filter() {
      const wanted = Object.entries(controls).map(([field, select]) => [field, select.value]).filter(([, value]) => value);
      const words = search.value.trim().toLowerCase();
      found = items.filter(entry => wanted.every(([field, value]) => entry.values[field] === value) && (!words || entry.words.includes(words)));
      page = 0;
      chosen = 0;
      render();
    }
    function show(values) {
      search.value = '';
      for (const [field, select] of Object.entries(controls)) select.value = values[field] || '';
      filter();
      byId('browse').scrollIntoView();
      if (Object.keys(values).length) list.focus({ preventScroll: true });
    }
    function turn(by) {
      const last = Math.max(0, Math.ceil(found.length / PAGE) - 1);
      page = Math.min(last, Math.max(0, page + by));
      chosen = 0;
      render();
    }
    function keys(event) {
      const shown = Math.min(PAGE, found.length - page * PAGE);
      const moves = { ArrowDown: 1, ArrowUp: -1, Home: -shown, End: shown };
      if (event.key in moves) {
        chosen = Math.min(shown - 1, Math.max(0, chosen + moves[event.key]));
        choose();
      } else if (event.key === 'ArrowRight' || event.key === 'PageDown') turn(1);
      else if (event.key === 'ArrowLeft' || event.key === 'PageUp') turn(-1);
      else return;
      event.preventDefault();
    }
    function render() {
      const from = page * PAGE;
      const shown = found.slice(from, from + PAGE);
      status.textContent = found.length ? count(from + 1) + '–' + count(from + shown.length) + ' of ' + count(found.length) + ' instructions' : 'Nothing fits these filters.';
      back.disabled = page === 0;
      on.disabled = from + PAGE >= found.length;
      list.replaceChildren(...shown.map((entry, i) => el('li', { role: 'option', id: 'option-' + i, 'aria-selected': 'false', on: { click: () => { chosen = i; choose(); } } },
        el('div', { class: 'q', dir: 'auto' }, shorten(entry.item.question || entry.item.why || '(nothing was written)', 200)),
        el('div', { class: 'meta' }, chips(entry.item)))));
      list.hidden = !shown.length;
      choose();
    }
    function chips(item) {
      return [el('span', { class: 'chip' + (item.outcome === 'kept' ? ' kept' : '') }, item.outcome ? item.outcome + (item.by ? ' by ' + item.by : '') : 'seed'),
        el('span', {}, item.round ? 'round ' + item.round : ''), el('span', {}, item.direction || ''), item.score == null ? null : el('span', {}, 'score ' + item.score)];
    }
    function choose() {
      [...list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === chosen)));
      const entry = found[page * PAGE + chosen];
      list.setAttribute('aria-activedescendant', entry ? 'option-' + chosen : '');
      detail.hidden = !entry;
      if (entry) {
        if (document.activeElement === list) list.children[chosen].scrollIntoView({ block: 'nearest' });
        detail.replaceChildren(scene(entry), lineage(entry), verdict(entry));
      }
    }

    // the image, with boxes that show while a name or a step is pointed at
    const NUMBER = '(?:0?\\.\\d+|[01](?:\\.\\d+)?)';
    const BOX = new RegExp('\\[\\s*(' + NUMBER + ')\\s*,\\s*(' + NUMBER + ')\\s*,\\s*(' + NUMBER + ')\\s*,\\s*(' + NUMBER + ')\\s*\\]', 'g');
    const boxesIn = words => [...words.matchAll(BOX)].map(match => match.slice(1).map(Number)).filter(([x1, y1, x2, y2]) => x1 < x2 && y1 < y2 && x2 <= 1 && y2 <= 1);
    let photo, pointed = [];
    function point(boxes) {
      pointed = boxes;
      photo.querySelectorAll('.box').forEach(box => box.remove());
      for (const [x1, y1, x2, y2] of boxes) {
        const box = el('div', { class: 'box on' });
        Object.assign(box.style, { left: x1 * 100 + '%', top: y1 * 100 + '%', width: (x2 - x1) * 100 + '%', height: (y2 - y1) * 100 + '%' });
        photo.append(box);
      }
    }
    const leave = boxes => { if (pointed === boxes) point([]); };
    const pointing = boxes => ({ mouseenter: () => point(boxes), mouseleave: () => leave(boxes), focus: () => point(boxes), blur: () => leave(boxes) });
    function scene({ sample }) {
      photo = sample.thumbnail
        ? el('div', { class: 'photo' }, el('img', { src: sample.thumbnail, alt: sample.caption ? shorten(sample.caption, 200) : 'The sample’s image' }))
        : el('div', { class: 'photo none' }, sample.image ? 'The image is not in this page.' : 'The sample has no image.');
      return el('div', { class: 'scene' }, photo, el('div', {},
        el('h3', {}, text(sample.image || sample.id)),
        el('p', {}, sample.caption ? text(sample.caption) : el('span', { class: 'empty' }, 'No caption.')),
        sample.objects.length ? el('ul', { class: 'objects', 'aria-label': 'Annotated objects; pointing at one shows its box' },
          sample.objects.map(object => el('li', {}, el('button', { type: 'button', dir: 'auto', on: pointing([object.box]) }, object.label)))) : null));
    }
    function lineage({ item, versions, children }) {
      const line = [item];
      const met = new Set();
      let parent = versions.get(item.parent);
      while (parent && !met.has(parent)) {
        met.add(parent);
        line.unshift(parent);
        parent = versions.get(parent.parent);
      }
      const grown = item.outcome === undefined || item.outcome === 'kept';
      for (let child = grown && children.get(item.id); child && !met.has(child); child = children.get(child.id)) {
        met.add(child);
        line.push(child);
      }
      return el('div', { class: 'line', tabindex: 0, role: 'region', 'aria-label': 'From the seed to the last round' }, line.map((version, i) => {
        const before = i ? line[i - 1] : null;
        return el('div', { class: 'version' + (version === item ? ' current' : '') },
          el('h4', {}, version.round === 0 ? 'Seed' : 'Round ' + version.round + ', ' + version.direction),
          el('div', { class: 'meta' }, version.score == null ? null : el('span', { class: 'chip' }, 'score ' + version.score), version.form ? el('span', { class: 'chip' }, version.form) : null, version.mark ? el('span', { class: 'chip' + (version.mark === 'verified' ? ' strong' : '') }, version.mark) : null),
          version.question == null ? el('p', { class: 'empty' }, 'Nothing usable was written.') : [
            el('p', { class: 'label' }, 'Question'), el('p', {}, changed(before && before.question, version.question)),
            el('p', { class: 'label' }, 'Answer'), el('p', {}, changed(before && before.answer, version.answer)),
            version.steps.length ? [el('p', { class: 'label' }, 'Steps'), el('ol', {}, version.steps.map(step => {
              const boxes = boxesIn(step.does + ' ' + step.says);
              return el('li', boxes.length ? { tabindex: 0, title: 'Shows its box in the image', on: pointing(boxes) } : {}, step.does ? [el('code', { dir: 'auto' }, step.does), ' '] : null, text(step.says));
            }))] : null,
            version.skills.length ? el('div', { class: 'meta' }, version.skills.map(skill => el('span', { class: 'chip' }, skill.replace(/ Ability$/, '')))) : null]);
      }));
    }
    /** The text, with the words marked that the older one does not have in this order. */
    function changed(older, newer) {
      if (older == null) return text(newer);
      const a = older.split(/(\s+)/), b = newer.split(/(\s+)/);
      if (a.length * b.length > 250000) return text(newer);
      const long = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
      for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) long[i][j] = a[i] === b[j] ? long[i + 1][j + 1] + 1 : Math.max(long[i + 1][j], long[i][j + 1]);
      const out = el('span', { class: 'text', dir: 'auto' });
      let run = '';
      const flush = () => { if (run) { out.append(run.trim() ? el('mark', {}, run) : run); run = ''; } };
      let i = 0, j = 0;
      while (j < b.length) {
        if (i < a.length && a[i] === b[j]) {
          if (b[j].trim()) { flush(); out.append(b[j]); } else if (run) run += b[j]; else out.append(b[j]);
          i++; j++;
        } else if (i < a.length && long[i + 1][j] >= long[i][j + 1]) i++;
        else run += b[j++];
      }
      flush();
      return out;
    }
    function verdict({ item }) {
      const rows = [];
      const row = (name, value) => { if (value) rows.push(el('dt', {}, name), el('dd', {}, typeof value === 'string' ? text(value) : value)); };
      if (item.outcome) {
        row('Outcome', item.outcome + (item.by ? ' by ' + item.by : ''));
        row('Why', item.why);
        row('Evidence', item.evidence);
        row('Judge', item.reason);
        (item.checks || []).forEach(check => row(check.result, check.by + ', ' + check.part + ': ' + check.claim + (check.evidence ? ' — ' + check.evidence : '')));
        row('Model', item.model);
      }
      const prompt = item.prompt && prompts[item.prompt];
      const shown = prompt ? el('details', { on: { toggle: event => { if (event.target.open && event.target.children.length === 1) event.target.append(el('pre', { tabindex: 0, dir: 'auto' }, prompt)); } } }, el('summary', {}, 'The prompt it was written under')) : null;
      if (item.prompt && !prompt) row('Prompt', el('code', {}, item.prompt));
      return rows.length || shown ? el('div', { class: 'verdict' }, rows.length ? [el('h4', {}, 'Verdict'), el('dl', {}, rows)] : null, shown) : '';
    }
    return { build, show, has };
  })();

  // ---- light and dark, and paper
  const dark = matchMedia('(prefers-color-scheme: dark)');
  function theme(name) {
    root.dataset.theme = name;
    redraw();
  }
  dark.addEventListener('change', () => theme(dark.matches ? 'dark' : 'light'));
  byId('theme').addEventListener('click', () => theme(root.dataset.theme === 'dark' ? 'light' : 'dark'));
  let before = '';
  addEventListener('beforeprint', () => {
    before = root.dataset.theme;
    readColours();
    charts.forEach(draw);
    theme('light');
  });
  addEventListener('afterprint', () => theme(before));
  let resizing = 0;
  addEventListener('resize', () => {
    cancelAnimationFrame(resizing);
    resizing = requestAnimationFrame(() => charts.filter(one => one.instance).forEach(one => one.instance.resize()));
  });

  root.dataset.theme = dark.matches ? 'dark' : 'light';
  readColours();
  runSection();
  complexitySection();
  diversitySection();
  truthSection();
  browser.build();
  redraw();
  root.dataset.ready = 'yes';
})();

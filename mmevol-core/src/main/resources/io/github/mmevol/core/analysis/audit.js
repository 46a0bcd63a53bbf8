
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const items = data.items;
  const store = "mmevol-audit " + data.audit;
  const at = id => document.getElementById(id);
  let marks = {};
  let index = 0;
  let allBoxes = false;
  let revealed = new Set();

  // ---- what is kept in the browser

  let lasting = true;
  function load() {
    try {
      const text = localStorage.getItem(store);
      if (text) {
        const saved = JSON.parse(text);
        marks = saved.marks || {};
        index = Math.min(Math.max(0, saved.index | 0), Math.max(0, items.length - 1));
      }
    } catch (e) {
      lasting = false;
    }
  }

  function save() {
    try {
      localStorage.setItem(store, JSON.stringify({ marks, index }));
      lasting = true;
    } catch (e) {
      if (lasting) say("This browser keeps nothing for files: export your marks before you close the page.");
      lasting = false;
    }
  }

  function say(text) {
    at("message").textContent = text;
    at("message").hidden = text === "";
  }

  // ---- small makers of elements; text only ever goes in as text

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function clear(element) {
    element.replaceChildren();
    return element;
  }

  // ---- boxes in the image

  const SVG = "http://www.w3.org/2000/svg";

  function draw(boxes) {
    const drawing = clear(at("boxes"));
    for (const style of ["under", "over"]) {
      for (const [x1, y1, x2, y2] of boxes) {
        const rect = document.createElementNS(SVG, "rect");
        rect.setAttribute("class", style);
        rect.setAttribute("x", x1);
        rect.setAttribute("y", y1);
        rect.setAttribute("width", x2 - x1);
        rect.setAttribute("height", y2 - y1);
        drawing.append(rect);
      }
    }
  }

  const sample = () => data.samples[items[index].sample];

  function rest() {
    draw(allBoxes ? sample().objects.map(o => o.box) : []);
  }

  function shows(element, boxes) {
    if (boxes.length === 0) return element;
    element.addEventListener("mouseenter", () => draw(boxes));
    element.addEventListener("mouseleave", rest);
    element.addEventListener("focus", () => draw(boxes));
    element.addEventListener("blur", rest);
    return element;
  }

  const NUMBER = "\\s*([01]?\\.\\d+|[01])\\s*";
  const BOX = new RegExp("\\[" + [NUMBER, NUMBER, NUMBER, NUMBER].join(",") + "\\]", "g");

  function boxOf(match) {
    const box = match.slice(1, 5).map(Number);
    return box.every(v => v >= 0 && v <= 1) && box[0] < box[2] && box[1] < box[3] ? box : null;
  }

  function boxesIn(text) {
    return [...text.matchAll(BOX)].map(boxOf).filter(box => box);
  }

  // ---- words: what changed, what names a box

  const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[\p{L}\p{N}]+(?:[.'\u2019][\p{L}\p{N}]+)*|\s+|[^]/gu;
  const HIDDEN = /^[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]$/u;

  function words(text) {
    const list = [];
    let from = 0;
    for (const match of text.matchAll(BOX)) {
      const box = boxOf(match);
      if (!box) continue;
      list.push(...(text.slice(from, match.index).match(WORD) || []).map(text => ({ text })));
      list.push({ text: match[0], box });
      from = match.index + match[0].length;
    }
    list.push(...(text.slice(from).match(WORD) || []).map(text => ({ text })));
    return list;
  }

  const key = word => word.text.toLowerCase();
  const counts = word => /\S/.test(word.text);

  // marks the words of both that no longest common subsequence has; none where little is common, as all would be marked
  function compare(before, after) {
    const a = before.filter(counts);
    const b = after.filter(counts);
    if (a.length * b.length > 4e6) return;
    const width = b.length + 1;
    const table = new Uint16Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        table[i * width + j] = key(a[i]) === key(b[j])
          ? table[(i + 1) * width + j + 1] + 1
          : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
      }
    }
    if (2 * table[0] < Math.min(a.length, b.length)) return;
    let i = 0;
    let j = 0;
    while (i < a.length && j < b.length) {
      if (key(a[i]) === key(b[j])) {
        i++;
        j++;
      } else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) {
        a[i++].changed = true;
      } else {
        b[j++].changed = true;
      }
    }
    while (i < a.length) a[i++].changed = true;
    while (j < b.length) b[j++].changed = true;
  }

  function nameLabels(list) {
    const labels = new Map();
    for (const object of sample().objects) {
      const name = object.label.toLowerCase();
      if (!labels.has(name)) labels.set(name, []);
      labels.get(name).push(object.box);
    }
    for (const word of list) {
      const name = key(word);
      word.label = labels.get(name) || labels.get(name.replace(/s$/, "")) || null;
    }
  }

  function write(element, list, changedName) {
    let run = null;
    list.forEach((word, place) => {
      const changed = word.changed
        || (!counts(word) && list[place - 1]?.changed && list[place + 1]?.changed);
      if (changed && !run) {
        run = make(changedName);
        element.append(run);
      } else if (!changed) {
        run = null;
      }
      const into = run || element;
      if (word.box) {
        const span = make("span", "box", word.text);
        span.tabIndex = 0;
        span.setAttribute("role", "img");
        span.setAttribute("aria-label", "box " + word.text);
        into.append(shows(span, [word.box]));
      } else if (HIDDEN.test(word.text)) {
        into.append(make("span", "hidden-letter", "U+" + word.text.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")));
      } else if (word.label) {
        into.append(shows(make("span", "label", word.text), word.label));
      } else {
        into.append(word.text);
      }
    });
    return element;
  }

  function paragraph(list, changedName, name = "p") {
    const element = make(name, "text");
    element.dir = "auto";
    return write(element, list, changedName);
  }

  function showPair(item) {
    const parent = item.parent || null;
    const texts = { evolved: {}, parent: {} };
    for (const field of ["question", "answer"]) {
      texts.evolved[field] = words(item[field]);
      texts.parent[field] = parent ? words(parent[field]) : [];
      if (parent) compare(texts.parent[field], texts.evolved[field]);
    }
    fill(at("evolved").querySelector(".body"), item, texts.evolved, "ins");
    const body = at("parent").querySelector(".body");
    if (parent) fill(body, parent, texts.parent, "del");
    else clear(body).append(make("p", "quiet", "The instruction it came from is not known."));
  }

  function fill(body, instruction, texts, changedName) {
    clear(body);
    nameLabels(texts.question);
    nameLabels(texts.answer);
    body.append(make("h4", "", "Question"), paragraph(texts.question, changedName));
    if (instruction.steps.length > 0) {
      body.append(make("h4", "", "Steps"));
      const list = make("ol");
      for (const step of instruction.steps) {
        const line = make("li");
        if (step.manipulation) line.append(write(make("code", "call"), words(step.manipulation), "span"));
        const said = words(step.description);
        nameLabels(said);
        line.append(paragraph(said, "span"));
        list.append(line);
      }
      body.append(list);
    }
    body.append(make("h4", "", "Answer"), paragraph(texts.answer, changedName));
    const form = [instruction.format, instruction.position === "single" ? "" : instruction.position].filter(t => t);
    if (form.length > 0) body.append(make("h4", "", "Form"), make("p", "text quiet", form.join(", ")));
  }

  // ---- the image and its objects

  function showImage() {
    const shown = sample();
    const block = at("image-" + shown.source);
    at("frame").hidden = !block;
    at("no-image").hidden = !!block;
    if (block) {
      at("image").src = block.textContent.trim();
      at("image").alt = shown.caption || shown.image || "the image of this sample";
    } else {
      at("no-image").textContent = "No image: " + (data.unusable_images[shown.source] || "there is none");
    }
    at("caption").textContent = shown.caption;
    const list = clear(at("objects"));
    at("objects-part").hidden = shown.objects.length === 0;
    for (const object of shown.objects) {
      const button = make("button", "", object.label);
      button.type = "button";
      button.dir = "auto";
      const line = make("li");
      line.append(shows(button, [object.box]));
      list.append(line);
    }
    rest();
  }

  // ---- verdict and marks

  const markOf = item => marks[item.id] || {};
  const isMarked = item => markOf(item).question != null && markOf(item).answer != null;

  function showVerdict(item) {
    const open = !at("blind").checked || isMarked(item) || revealed.has(item.id);
    at("reveal").hidden = open;
    const panel = clear(at("verdict"));
    if (!open) {
      panel.append(make("p", "quiet", "Hidden until question and answer are marked."));
      return;
    }
    const kept = item.by === "";
    const score = item.score === undefined ? "" : ", score " + item.score;
    panel.append(make("p", "outcome " + (kept ? "kept" : "eliminated"), (kept ? "Kept" : "Eliminated by " + item.by) + score));
    for (const text of [item.why, item.evidence]) {
      if (text) {
        const said = words(text);
        nameLabels(said);
        panel.append(paragraph(said, "span"));
      }
    }
    if (item.verification) panel.append(make("p", "quiet", "Claims: " + item.verification));
    if (item.checks && item.checks.length > 0) {
      const list = make("ul", "checks");
      for (const check of item.checks) {
        const line = make("li", "text", check.result + " (" + check.by + ", " + check.part + "): " + check.claim
          + (check.evidence ? " \u2013 " + check.evidence : ""));
        const boxes = boxesIn(check.claim + " " + check.evidence);
        if (boxes.length > 0) line.tabIndex = 0;
        list.append(shows(line, boxes));
      }
      panel.append(list);
    }
  }

  function showMarks(item) {
    const mark = markOf(item);
    for (const part of ["question", "answer"]) {
      at(part + "-good").setAttribute("aria-pressed", String(mark[part] === 1));
      at(part + "-bad").setAttribute("aria-pressed", String(mark[part] === 0));
    }
    if (at("note").value !== (mark.note || "")) at("note").value = mark.note || "";
    const done = items.filter(isMarked).length;
    at("progress").textContent = done + " of " + items.length + " marked";
    at("bar").max = items.length;
    at("bar").value = done;
    showVerdict(item);
  }

  function set(part, value) {
    const item = items[index];
    const mark = marks[item.id] || (marks[item.id] = {});
    mark[part] = mark[part] === value ? null : value;
    save();
    showMarks(item);
  }

  function show() {
    if (items.length === 0) {
      document.querySelector("main").hidden = true;
      say("Nothing was drawn: the run has neither kept nor eliminated anything.");
      return;
    }
    const item = items[index];
    at("where").textContent = (index + 1) + " of " + items.length + " \u00b7 round " + item.round + " \u00b7 " + item.direction;
    showImage();
    showPair(item);
    showMarks(item);
  }

  function go(to) {
    if (to < 0 || to >= items.length) return;
    index = to;
    save();
    show();
    at("where").focus({ preventScroll: true });
    if (scrollY > at("where").offsetTop) scrollTo(0, 0);
  }

  function goUnmarked() {
    for (let step = 1; step <= items.length; step++) {
      const place = (index + step) % items.length;
      if (!isMarked(items[place])) return go(place);
    }
    say("All are marked. Export your marks.");
  }

  // ---- files

  function exportMarks() {
    const list = items.map(item => ({
      id: item.id, text: item.text, weight: item.weight, round: item.round, direction: item.direction, by: item.by,
      score: item.score === undefined ? null : item.score,
      question: markOf(item).question ?? null, answer: markOf(item).answer ?? null, note: markOf(item).note || ""
    }));
    const blob = new Blob([JSON.stringify({ audit: data.audit, marks: list }, null, 1) + "\n"], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "audit-marks.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    const open = items.length - items.filter(isMarked).length;
    say("Exported as audit-marks.json" + (open > 0 ? "; " + open + " are not marked yet." : "."));
  }

  async function importMarks(file) {
    try {
      const list = JSON.parse(await file.text()).marks;
      const known = new Map(items.map(item => [item.id + " " + item.text, item]));
      let taken = 0;
      for (const mark of list) {
        if (known.has(mark.id + " " + mark.text) && (mark.question != null || mark.answer != null || mark.note)) {
          const value = v => v === 1 || v === 0 ? v : null;
          marks[mark.id] = { question: value(mark.question), answer: value(mark.answer), note: String(mark.note || "") };
          taken++;
        }
      }
      save();
      show();
      say(taken + " marks imported.");
    } catch (e) {
      say("That is no file of marks: " + e.message);
    }
  }

  // ---- hands

  const keys = {
    q: () => set("question", 1), w: () => set("question", 0), a: () => set("answer", 1), s: () => set("answer", 0),
    n: () => at("note").focus(), j: () => go(index + 1), ArrowRight: () => go(index + 1),
    k: () => go(index - 1), ArrowLeft: () => go(index - 1), u: goUnmarked,
    b: toggleBoxes, v: reveal, x: exportMarks
  };

  function toggleBoxes() {
    allBoxes = !allBoxes;
    at("all-boxes").setAttribute("aria-pressed", String(allBoxes));
    rest();
  }

  function reveal() {
    revealed.add(items[index].id);
    showVerdict(items[index]);
  }

  document.addEventListener("keydown", event => {
    if (event.target === at("note")) {
      if (event.key === "Escape") at("where").focus();
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.metaKey || event.altKey || items.length === 0 || !Object.hasOwn(keys, key)) return;
    event.preventDefault();
    keys[key]();
  });

  for (const part of ["question", "answer"]) {
    at(part + "-good").addEventListener("click", () => set(part, 1));
    at(part + "-bad").addEventListener("click", () => set(part, 0));
  }
  at("note").addEventListener("input", () => {
    const item = items[index];
    (marks[item.id] || (marks[item.id] = {})).note = at("note").value;
    save();
  });
  at("previous").addEventListener("click", keys.k);
  at("next").addEventListener("click", keys.j);
  at("unmarked").addEventListener("click", goUnmarked);
  at("all-boxes").addEventListener("click", toggleBoxes);
  at("reveal").addEventListener("click", reveal);
  at("export").addEventListener("click", exportMarks);
  at("import").addEventListener("click", () => at("file").click());
  at("file").addEventListener("change", () => {
    if (at("file").files.length > 0) importMarks(at("file").files[0]);
    at("file").value = "";
  });
  at("blind").addEventListener("change", () => showVerdict(items[index]));
  at("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  load();
  show();
  document.documentElement.dataset.ready = "yes";
})();

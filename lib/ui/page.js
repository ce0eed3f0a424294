// Constant: nothing typed is ever part of this script.
(() => {
  const marker = document.getElementById("nabla-language");
  if (marker) document.documentElement.lang = marker.dataset.language;

  // A zoomed or panned plot says so in the hidden box "view", and is answered with a finer curve.
  const fill = (selector, text) => {
    const box = document.querySelector(selector);
    if (!box) return;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const report = (plot) => {
    const { xaxis, yaxis } = plot._fullLayout ?? {};
    if (!xaxis || !yaxis || performance.now() - window.nablaReset < 500) return;
    const ends = (axis) => axis.range.map((end) => Number(end).toPrecision(8)).map(Number).join(":");
    fill(".st-key-view input", `${ends(xaxis)};${ends(yaxis)}`);
  };
  // The button that resets the axes, or a double click, leads back to the whole window: the plot was given its view as
  // its first ranges, and would stay there.
  const reset = () => {
    window.nablaReset = performance.now();
    fill(".st-key-view input", "");
  };
  // A click says in the hidden box "picked" where it was: on a map the place itself, on a curve the point next to it,
  // or that point's parameter.
  const pick = (x, y) => fill(".st-key-picked input", `${x.toPrecision(8)};${y.toPrecision(8)}`);
  const place = (plot, click, { xaxis, yaxis }) => {
    const { left, top } = plot.getBoundingClientRect();
    pick(xaxis.p2d(click.clientX - left - xaxis._offset), yaxis.p2d(click.clientY - top - yaxis._offset));
  };
  const listen = () => {
    for (const plot of document.querySelectorAll(".st-key-zoomable .js-plotly-plot")) {
      if (plot.nablaListens || !plot.on) continue;
      plot.nablaListens = true;
      plot.on("plotly_relayout", (change) => {
        if (Object.keys(change).some((key) => /^[xy]axis\.(range|autorange)/.test(key))) report(plot);
      });
      plot.on("plotly_doubleclick", reset);
      plot.on("plotly_click", ({ points: [{ x, y, customdata }] }) => pick(customdata ?? x, y));
    }
    for (const plot of document.querySelectorAll("[class*='st-key-clickable'] .js-plotly-plot")) {
      if (plot.nablaListens || !plot.on) continue;
      plot.nablaListens = true;
      plot.on("plotly_click", ({ event, points }) => place(plot, event, points[0]));
    }
  };
  if (!window.nablaListens) {
    window.nablaListens = true;
    document.addEventListener(
      "click",
      (event) => event.target.closest?.('.st-key-zoomable .modebar-btn[data-val="reset"]') && reset(),
      true,
    );
    new MutationObserver(listen).observe(document.body, { childList: true, subtree: true });
    listen();
  }

  // A finger that drags across a plot scrolls the page: plotly would pan, and hold the page still. A tap still clicks.
  if (!window.nablaScrolls) {
    window.nablaScrolls = true;
    document.addEventListener(
      "touchstart",
      (event) => event.target.closest?.(".st-key-zoomable .draglayer, [class*='st-key-clickable'] .draglayer") && event.stopPropagation(),
      { capture: true, passive: true },
    );
  }

  // The graph of a tape shows as much as the step has reached: before backward() has come to a node its gradient is None.
  const number = (element, letter) => {
    const name = [...element.classList].find((known) => RegExp(`^${letter}\\d+$`).test(known));
    return name === undefined ? NaN : Number(name.slice(letter.length));
  };
  // Only the words in a text are changed, not the text itself, which Graphviz knows and gives new words when it draws anew.
  const full = (text) => {
    if (text.firstChild.data !== text.nablaWrote) text.nablaFull = text.firstChild.data;
    return text.nablaFull;
  };
  const write = (text, words) => {
    if (text.firstChild.data !== words) text.firstChild.data = words;
    text.nablaWrote = words;
  };
  const parts = (element) => [...element.classList].filter((name) => name.startsWith("part-"));
  const light = (selector, on) => {
    for (const part of document.querySelectorAll(selector)) part.classList.toggle("nabla-lit", on);
  };
  // A part of the formula and its node light each other up; an edge lights up with its two ends.
  const point = (part, on) => {
    for (const name of parts(part)) light(`.st-key-tape .${name}, .nabla-source .${name}`, on);
    if (!part.matches("g.edge")) return;
    part.classList.toggle("nabla-lit", on);
    for (const end of ["from", "to"]) light(`.st-key-tape #node${number(part, end)}`, on);
  };
  // Scroll the frame, and never the page, until the node is seen.
  const into = (node, frame, rim = 12) => {
    const [inner, outer] = [node.getBoundingClientRect(), frame.getBoundingClientRect()];
    const beyond = (low, high) => Math.min(0, inner[low] - outer[low] - rim) + Math.max(0, inner[high] - outer[high] + 12);
    frame.scrollBy({ left: beyond("left", "right"), top: beyond("top", "bottom"), behavior: "smooth" });
  };
  // The parts of the graph, with the steps that reach them and what they say then.
  const drawnParts = () =>
    [...document.querySelectorAll(".st-key-tape g.node:not(.constant), .st-key-tape g.edge:not(.still)")].map((drawn) => {
      const part = { drawn, forward: number(drawn, "f"), backward: number(drawn, "b"), texts: [] };
      if (!drawn.matches(".node")) return part;
      const lines = [...drawn.querySelectorAll("text")];
      if (!drawn.matches(".fixed, .parameter")) {
        const gradient = lines.pop();
        part.texts.push([gradient, full(gradient), "grad None", part.backward]);
      }
      const value = lines.pop();
      part.texts.push([value, full(value), "·", part.forward]);
      return part;
    });
  let graph = [];
  const show = (anew) => {
    const marker = document.getElementById("nabla-step");
    if (!marker) return;
    if (anew) graph = drawnParts();
    const step = Number(marker.dataset.step);
    let seen;
    for (const part of document.querySelectorAll(".nabla-source [class^=part-]"))
      part.classList.toggle("nabla-now", part.classList.contains(marker.dataset.part));
    for (const part of graph) {
      const { drawn, forward, backward, texts } = part;
      const now = step > 0 && (step === backward || (step === forward && texts.length > 0));
      if (now && texts.length) seen = drawn;
      const reached = [step >= forward, step >= backward, now].join();
      if (part.reached === reached) continue; // most of the graph is as it was in the step before
      part.reached = reached;
      drawn.classList.toggle("nabla-waiting", step < forward);
      drawn.classList.toggle("nabla-back", step >= backward);
      drawn.classList.toggle("nabla-now", now);
      for (const [text, full, before, from] of texts) write(text, step >= from ? full : before);
    }
    const rows = document.querySelectorAll(".st-key-nodes tbody tr");
    const row = rows[marker.dataset.row || NaN];
    for (const other of rows) other.classList.toggle("nabla-now", other === row);
    requestAnimationFrame(() => {
      if (seen) into(seen, seen.closest(".st-key-tape"));
      if (row) into(row, row.closest(".nabla-table"), 48); // the head stands above
    });
  };
  // As wide as it is, or narrower to fit, as long as it can be read.
  const fit = () => {
    for (const svg of document.querySelectorAll(":is(.st-key-tape, .st-key-recorded) [data-testid=stGraphVizChart] svg")) {
      const frame = svg.closest(".st-key-tape, .st-key-recorded");
      const [natural, room] = [(svg.viewBox.baseVal.width * 4) / 3, frame.clientWidth];
      svg.style.width = `${Math.max(0.72 * natural, Math.min(natural, room))}px`;
    }
  };
  if (!window.nablaSteps) {
    window.nablaSteps = true;
    let last, early;
    // Streamlit fetches its buttons after the words of a step: an arrow key that comes before them waits for them.
    const arrows = { ArrowLeft: ".st-key-stage_back button", ArrowRight: ".st-key-stage_on button" };
    document.addEventListener("keydown", ({ key, target, altKey, ctrlKey, metaKey }) => {
      const typed = altKey || ctrlKey || metaKey || target.closest?.("input, textarea");
      if (arrows[key] && !typed && !document.querySelector(arrows[key])) early = arrows[key];
    });
    const pressEarly = () => {
      const button = document.querySelector(early);
      if (button || !document.getElementById("nabla-step")) early = undefined;
      button?.click();
    };
    const drawn = ".st-key-tape, .nabla-source, .st-key-nodes, .st-key-recorded";
    const drawnAnew = ({ target, addedNodes }) =>
      (target.closest ? target : target.parentElement)?.closest(drawn) || [...addedNodes].some((node) => node.querySelector?.(drawn));
    const observer = new MutationObserver((changes) => {
      const step = JSON.stringify(document.getElementById("nabla-step")?.dataset);
      const anew = changes.some(drawnAnew);
      if (anew) fit();
      if (anew || step !== last) show(anew);
      last = step;
      observer.takeRecords(); // of what has just been written
      if (early) pressEarly();
    });
    observer.observe(document.body, { childList: true, characterData: true, subtree: true, attributeFilter: ["data-step"] });
    for (const [event, on] of [["mouseover", true], ["mouseout", false]])
      document.addEventListener(event, ({ target }) => {
        const part = target.closest?.(".st-key-tape g.node, .st-key-tape g.edge, .nabla-source [class^=part-]");
        if (part) point(part, on);
      });
  }
  fit();
  show(true);

  // A slider that is dragged says where it is in the hidden box "drag", each time that the page has caught up with it:
  // Streamlit itself tells of a slider when it rests.
  if (!window.nablaDrags) {
    window.nablaDrags = true;
    let hand = null, timer = 0;
    const box = ".st-key-drag input";
    const follow = (last) => {
      const value = hand.input.value;
      const idle = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning";
      if (value === hand.sent || !(idle || last)) return;
      hand.sent = value;
      fill(box, `${hand.key}=${value}`);
    };
    document.addEventListener("pointerdown", (event) => {
      const slider = event.target.closest?.("[data-testid=stSlider]");
      const keyed = slider?.closest("[class*=st-key-]");
      const key = [...(keyed?.classList ?? [])].find((name) => /^st-key-(move|[pk]_\w+)$/.test(name))?.slice(7);
      const input = slider?.querySelector("input[type=range]");
      if (!key || !input || !document.querySelector(box)) return;
      clearInterval(timer);
      hand = { key, input, sent: input.value };
      timer = setInterval(() => follow(false), 40);
    }, true);
    const drop = () => {
      if (!hand) return;
      clearInterval(timer);
      const dropped = hand;
      if (hand.sent !== hand.input.value || document.querySelector(box)?.value) follow(true);
      timer = setTimeout(() => document.querySelector(box)?.value && fill(box, ""), 800); // it rests, and says so itself
      hand = hand === dropped ? null : hand;
    };
    document.addEventListener("pointerup", drop, true);
    document.addEventListener("pointercancel", drop, true);
  }

  // The button copies the table above it; what is copied is said by the listener below.
  if (!window.nablaButtons) {
    window.nablaButtons = true;
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.(".nabla-copy");
      const near = button && [...document.querySelectorAll(".nabla-table table")]
        .filter((table) => table.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
      if (!near) return;
      const selection = document.getSelection();
      selection.selectAllChildren(near);
      document.execCommand("copy");
      selection.removeAllRanges();
      button.classList.add("nabla-copied");
      setTimeout(() => button.classList.remove("nabla-copied"), 1200);
    });
  }

  // Copying cells of a table copies their full digits, as rows of tab-separated values.
  if (window.nablaCopies) return;
  window.nablaCopies = true;
  document.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    const chosen = [...document.querySelectorAll(".nabla-table tr")]
      .map((row) => [...row.cells].filter((cell) => selection.containsNode(cell, true)))
      .filter((cells) => cells.length > 0);
    if (!chosen.some((cells) => cells.some((cell) => cell.dataset.full))) return;
    const text = chosen.map((cells) => cells.map((cell) => cell.dataset.full ?? cell.textContent).join("\t")).join("\n");
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  });
})();

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
    fill(".st-key-zoom input", `${ends(xaxis)};${ends(yaxis)}`);
  };
  // The button that resets the axes, or a double click, leads back to the whole window: the plot was given its view as
  // its first ranges, and would stay there.
  const reset = () => {
    window.nablaReset = performance.now();
    fill(".st-key-zoom input", "");
  };
  // A click on a map says in the hidden box "picked" where it was.
  const pick = (plot, click) => {
    const { xaxis, yaxis } = plot._fullLayout;
    const { left, top } = plot.getBoundingClientRect();
    const x = xaxis.p2d(click.clientX - left - xaxis._offset);
    const y = yaxis.p2d(click.clientY - top - yaxis._offset);
    fill(".st-key-picking input", `${x.toPrecision(8)};${y.toPrecision(8)}`);
  };
  const listen = () => {
    for (const plot of document.querySelectorAll(".st-key-zoomable .js-plotly-plot")) {
      if (plot.nablaListens || !plot.on) continue;
      plot.nablaListens = true;
      plot.on("plotly_relayout", (change) => {
        if (Object.keys(change).some((key) => /^[xy]axis\.(range|autorange)/.test(key))) report(plot);
      });
      plot.on("plotly_doubleclick", reset);
    }
    for (const plot of document.querySelectorAll(".st-key-clickable .js-plotly-plot")) {
      if (plot.nablaListens || !plot.on) continue;
      plot.nablaListens = true;
      plot.on("plotly_click", ({ event }) => pick(plot, event));
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
      (event) => event.target.closest?.(".st-key-zoomable .draglayer, .st-key-clickable .draglayer") && event.stopPropagation(),
      { capture: true, passive: true },
    );
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

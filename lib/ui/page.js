// Constant: nothing typed is ever part of this script.
(() => {
  const marker = document.getElementById("nabla-language");
  if (marker) document.documentElement.lang = marker.dataset.language;

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

// Arrow keys move between the linked cells of the matrix. Everything works without this file.
for (const table of document.querySelectorAll("table.matrix")) {
  const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

  table.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const cell = event.target.closest("td, th");
    if (!step || !cell || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    let row = cell.parentElement.rowIndex + step[0];
    let column = cell.cellIndex + step[1];
    for (; table.rows[row]?.cells[column]; row += step[0], column += step[1]) {
      const link = table.rows[row].cells[column].querySelector("a");
      if (link) {
        event.preventDefault();
        link.focus();
        return;
      }
    }
  });
}

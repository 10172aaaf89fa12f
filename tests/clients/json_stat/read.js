// What the toolkit makes of the data set at an address: how it describes itself, and every cell by its codes.
import { createRequire } from "node:module";

const [from, address] = process.argv.slice(2);
const JSONstat = createRequire(from)("jsonstat-toolkit");

const told = await JSONstat(address);
const cells = told.toTable({ type: "arrobj", content: "id", status: true });
console.log(JSON.stringify({
  class: told.class,
  label: told.label,
  role: told.role,
  names: told.id.map((name) => told.Dimension(name).label),
  unit: told.Dimension({ role: "metric" })[0].Category(0).unit,
  cells,
}));

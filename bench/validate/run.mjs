// Judges the form as WASM under Node: `node run.mjs FILE ROUNDS` prints the milliseconds of each call of `main`.
import { readFile } from "node:fs/promises";

const [file, rounds] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(await readFile(file), {});
const { main } = instance.exports;
// The first calls put the form together and let the engine compile.
for (let n = 0; n < 3; n += 1) main(0, 0);
for (let n = 0; n < Number(rounds); n += 1) {
  const begin = performance.now();
  main(0, 0);
  console.log(performance.now() - begin);
}

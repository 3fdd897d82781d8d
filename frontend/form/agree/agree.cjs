// Judges cases in WASM: `node agree.cjs MODULE CASES`. CASES has a case and the server's outcome line by line.
const { readFileSync } = require('fs');
const [judging, cases] = process.argv.slice(2);
const { judge } = require(judging);

const lines = readFileSync(cases, 'utf8').trimEnd().split('\n');
let ready = 0;
for (let n = 0; n < lines.length; n += 2) {
  const [given, server] = [lines[n], lines[n + 1]];
  const here = judge(given);
  if (here !== server) {
    console.error(`Server and WASM judge this differently:\n${given}\nserver: ${server}\nWASM:   ${here}`);
    process.exit(1);
  }
  if (JSON.parse(here).wrong.length === 0) ready += 1;
}
const count = lines.length / 2;
// Were all broken or all whole, little would have been compared.
if (ready === 0 || ready === count) {
  console.error(`${ready} of ${count} drafts are complete: these cases prove nothing.`);
  process.exit(1);
}
console.log(`Server and WASM judge ${count} random forms alike, to the last byte; ${ready} of the drafts are complete.`);

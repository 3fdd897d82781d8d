// Wakes the islands of a page when the browser has nothing better to do. The page works without it.
const mark = new URL(import.meta.url).search;
const files = (name) => [`/pkg/${name}.js${mark}`, `/pkg/${name}.wasm${mark}`];
const fetched = {};
// Modules: "rembug" is on every page; what few pages need is asked for by them, once.
const load = (name) => (fetched[name] ??= begin(name));
const begin = async (name) => {
  const [script, wasm] = files(name);
  try {
    const module = await import(script);
    await module.default({ module_or_path: wasm });
    return module;
  } catch (problem) {
    delete fetched[name];
    throw problem;
  }
};
window.rembugModule = load;

const wake = async () => {
  // On its way while the islands wake. What is typed on a form's page is kept by it, what is finished is sent.
  const form = concernsForms() ? load("form") : null;
  form?.catch(() => {});
  const module = await load("rembug");
  module.hydrate();
  for (const island of document.querySelectorAll("leptos-island")) {
    const start = module[island.dataset.component];
    if (start) await start(island);
  }
  await form?.then(({ start }) => start()).catch((problem) => console.warn(problem));
  document.documentElement.dataset.awake = "";
  await keep().catch((problem) => console.info(problem));
};
const concernsForms = () => document.querySelector("[data-form], [data-device], [data-handed-in]") || waits();
// Something that was finished without a network is still to be told of, on whatever page.
const waits = () => {
  try {
    return (localStorage.getItem("rembug:forms") ?? "[]") !== "[]";
  } catch {
    return false;
  }
};
// What this page wants to find again without a network: a form, and what gives it life, which lies beside the files of the same
// release that the worker keeps under this name. Cut off in between, the next page of the form tries again.
const keep = async () => {
  if (!navigator.serviceWorker) return;
  const { active } = await navigator.serviceWorker.register("/worker.js" + mark).then(() => navigator.serviceWorker.ready);
  const paths = [...document.querySelectorAll("[data-keep]")].flatMap((element) => element.dataset.keep.split(" "));
  if (!paths.length) return;
  const shell = await caches.open("rembug:shell:" + mark);
  const there = await shell.match(files("form")[1]);
  if (!there) await shell.addAll(files("form"));
  active.postMessage({ keep: paths, language: document.documentElement.lang });
};
"requestIdleCallback" in window ? requestIdleCallback(wake, { timeout: 2000 }) : setTimeout(wake, 200);

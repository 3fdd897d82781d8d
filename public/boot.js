// Wakes the islands of a page when the browser has nothing better to do. The page works without it.
const mark = new URL(import.meta.url).search;
const wake = async () => {
  const module = await import("/pkg/rembug.js" + mark);
  await module.default({ module_or_path: "/pkg/rembug.wasm" + mark });
  module.hydrate();
  for (const island of document.querySelectorAll("leptos-island")) {
    const start = module[island.dataset.component];
    if (start) await start(island);
  }
  document.documentElement.dataset.awake = "";
  await keep();
};
// What this page wants to find again without a network.
const keep = async () => {
  if (!navigator.serviceWorker) return;
  const { active } = await navigator.serviceWorker.register("/worker.js" + mark).then(() => navigator.serviceWorker.ready);
  const paths = [...document.querySelectorAll("[data-keep]")].flatMap((element) => element.dataset.keep.split(" "));
  if (paths.length) active.postMessage({ keep: paths, language: document.documentElement.lang });
};
"requestIdleCallback" in window ? requestIdleCallback(wake, { timeout: 2000 }) : setTimeout(wake, 200);

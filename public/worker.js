// Without a network: what a page needs to look and work as it did, and the pages of forms that were opened on this phone.
//
// One worker belongs to one release: its own address carries the release's mark. The files of the release before stay until
// the next one, for pages that are still open. Pages are kept without anybody's name in them: they are fetched without
// cookies, and what was typed is put in by the page itself.
const mark = new URL(self.location).search;
const SHELL = "rembug:shell:" + mark;
const PAGES = "rembug:pages";
const OFFLINE = "/luring";
// Under this name stands the language that was read last.
const LANGUAGE = "/bahasa";
const LANGUAGES = ["id", "en"];
const FILES = ["/pkg/rembug.css" + mark, "/pkg/rembug.js" + mark, "/pkg/rembug.wasm" + mark, "/boot.js" + mark, "/favicon.svg"];

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(asked(event.data)));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin) return;
  if (event.request.method === "POST" && event.request.mode === "navigate") {
    const form = sent(url.pathname);
    if (form) event.respondWith(fetch(event.request).catch(() => onThePhone(form, url.pathname)));
  }
  if (event.request.method !== "GET") return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, url.pathname));
  else if (url.search.startsWith("?v=") || kept(url.pathname)) event.respondWith(file(event.request, url.pathname));
});

async function install() {
  const shell = await caches.open(SHELL);
  await shell.addAll(FILES);
  await Promise.all(LANGUAGES.map((language) => keep(OFFLINE, language)));
  await self.skipWaiting();
}

async function activate() {
  const shells = (await caches.keys()).filter((name) => name.startsWith("rembug:shell:"));
  const old = shells.filter((name) => name !== SHELL).slice(0, -1);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

// A page says what it wants to find again, and in which language it is read.
async function asked({ keep: paths, language }) {
  await (await caches.open(PAGES)).put(LANGUAGE, new Response(language));
  await Promise.all(paths.map((path) => keep(path, language)));
}

// A page of everybody's, in one language. It is found again without what its address asks for: of a form the version that is
// being filled in is kept.
async function keep(path, language) {
  const pages = await caches.open(PAGES);
  const name = named(path.split("?")[0], language);
  if (isFresh(await pages.match(name), path)) return;
  const answer = await fetch(path, { credentials: "omit", headers: { "accept-language": language }, cache: "no-cache" });
  if (answer.ok) await pages.put(name, answer);
}

// Kept minutes ago, from the same address: every page of a form asks for the same.
function isFresh(answer, path) {
  const age = Date.now() - Date.parse(answer?.headers.get("date") ?? "");
  return answer?.url.endsWith(path) && age < 600_000;
}

const named = (path, language) => path + "?bahasa=" + language;

// The form of which a page was just sent.
const sent = (path) => path.match(/^(\/layanan\/[a-z0-9-]+)\/(?:isi|periksa|mulai|nanti)(?:\/|$)/)?.[1];

// A page that was sent without a network: what was typed is kept by the page itself, and the form goes on from the phone.
async function onThePhone(form, path) {
  if (!(await stored(form + OFFLINE))) return (await stored(OFFLINE)) ?? Response.error();
  const page = path.slice(form.length).match(/^\/isi\/[^/]+(?:\/[^/]+)?$|^\/periksa$/)?.[0];
  return Response.redirect(form + OFFLINE + (page ? "#" + page : ""), 303);
}

// What the script of a form's page reads beside it.
const kept = (path) => /^\/layanan\/[a-z0-9-]+\/formulir\.json$/.test(path);

async function file(request, path) {
  if (!kept(path)) return (await caches.match(request)) ?? fetch(request);
  return orStored(request, [path]);
}

function page(request, path) {
  const form = path.match(/^\/layanan\/[a-z0-9-]+/)?.[0];
  return orStored(request, [path, ...(form ? [form + OFFLINE] : []), OFFLINE]);
}

// From the network; without one, the first of these pages that is here.
async function orStored(request, paths) {
  try {
    return await fetch(request);
  } catch {
    for (const path of paths) {
      const found = await stored(path);
      if (found) return found;
    }
    return Response.error();
  }
}

// In the language that was read last, else in the other.
async function stored(path) {
  const pages = await caches.open(PAGES);
  const last = await (await pages.match(LANGUAGE))?.text();
  for (const language of [last, ...LANGUAGES]) {
    const found = await pages.match(named(path, language));
    if (found) return found;
  }
}

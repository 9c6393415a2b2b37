// A stand-in for Orrery's server, for working on the page without the rest. DEVELOPMENT ONLY: it is
// no part of the build, knows no security, and everything it tells is made up (dev/story.mjs).
//
//   node dev/mock.mjs [--port 8080] [--seed 1] [--fault-after SECONDS] [--approve-after SECONDS]
//                     [--silent-after SECONDS] [--dead CHANNEL] [--cut-after POINTS]
//
// Serves target/webroot when it is built. Any name and password sign in; "shifter" may not decide.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { facility } from "./facility.mjs";
import { fullProposal } from "./proposal.mjs";
import { Story } from "./story.mjs";

const options = new Map();
for (let i = 2; i < process.argv.length; i += 2) {
  options.set(process.argv[i], process.argv[i + 1]);
}
const number = (name, standard) => Number(options.get(name) ?? standard);
const root = join(fileURLToPath(new URL("..", import.meta.url)), "target", "webroot");
const started = Date.now();
const story = new Story(number("--seed", 1), started);
const clients = new Set();
let user = null;
let silent = false;
if (options.has("--dead")) {
  story.dead.add(options.get("--dead"));
}

const rooms = [
  "alarms",
  "archive",
  "dqm",
  "event-log",
  "events",
  "gateway",
  "histograms",
  "kafka",
  "operations",
  "postgres",
  "put-log",
  "relay",
  "supervision",
  "twin",
].map((room) => ({
  room,
  status: "UP",
  detail: "",
  sinceMs: started,
}));
const loss = () => [
  { stage: "transport", in: 90_000, out: 90_000, squashed: 0, dropped: 0, late: 0, pending: 0 },
  {
    stage: "feed.server",
    in: 90_000,
    out: 88_000,
    squashed: 2_000,
    dropped: 0,
    late: 0,
    pending: 0,
  },
];
const head = () => ({
  plantMs: story.plantMs,
  wallMs: story.wallMs,
  timeFactor: story.factor,
  version: "mock",
  control: story.writing.stopped ? "MANUAL" : "SUPERVISED",
});
const operations = () => ({
  mode: "PHYSICS",
  run: { number: 11042, type: "physics", startMs: story.plant0 - 3_600_000, stopMs: null },
  control: story.control,
  tagOuts: [],
  locks: [],
});
const proposals = () => [story.summary()].filter((p) => p !== null);
const snapshot = () => ({
  ...head(),
  operations: operations(),
  writing: story.writing,
  rooms,
  channels: story.channels(),
  alarms: story.alarms(),
  twin: story.twin(),
  findings: story.findings(),
  diagnosis: story.diagnosis(),
  proposals: proposals(),
  loss: loss(),
});

function send(event, data) {
  for (const client of clients) {
    client.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}

let beats = 0;
setInterval(() => {
  const wall = Date.now();
  const passed = (wall - started) / 1000;
  silent = options.has("--silent-after") && passed > number("--silent-after", 0);
  if (
    options.has("--fault-after") &&
    story.faultAt === null &&
    passed > number("--fault-after", 0)
  ) {
    story.faultAt = story.plantMs;
  }
  story.now(wall);
  if (
    options.has("--approve-after") &&
    story.decided === null &&
    passed > number("--approve-after", 0) &&
    story.summary() !== null
  ) {
    Object.assign(story, {
      decided: "approve",
      decidedAt: wall,
      reason: "Flow is gone, the standby pump is ready.",
    });
  }
  if (silent) {
    return;
  }
  send("tick", { ...head(), channels: story.channels() });
  if (++beats % 2 === 0) {
    send("twin", story.twin());
    send("alarms", story.alarms());
    story.findings().forEach((finding) => send("finding", finding));
    if (story.diagnosis() !== null) {
      send("diagnosis", story.diagnosis());
    }
    proposals().forEach((proposal) => send("proposal", proposal));
    send("loss", loss());
  }
}, 250);

function json(response, value, status = 200) {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}

function decline(response, status, title, detail, remedy) {
  json(response, { error: { title, detail, remedy } }, status);
}

const session = () => ({ user, csrfToken: user === null ? null : "mock" });
const audit = () =>
  [
    "proposal.draft",
    "proposal.rehearsed",
    "proposal.awaitingapproval",
    "approval.given",
    "gate.confirmed",
  ].map((action, i) => ({
    sequence: i + 1,
    atMs: started + i * 1000,
    actor: i === 3 ? "anna" : "orrery",
    action,
    subject: "p-0001",
    content: `{"step":${i}}`,
    previousHash: String(i).repeat(64),
    hash: String(i + 1).repeat(64),
  }));

function history(url, response) {
  const from = Number(url.searchParams.get("from"));
  const to = Number(url.searchParams.get("to"));
  const past = story.past.get(url.searchParams.get("channel")) ?? [];
  const all = past.filter(([t]) => t >= from && t < to).map(([t, v]) => [t, v, v, v, "NONE"]);
  const points = all.slice(0, number("--cut-after", all.length));
  const truncated = points.length < all.length;
  json(response, {
    channel: url.searchParams.get("channel"),
    reduced: false,
    truncated,
    nextMs: truncated ? points.at(-1)[0] : null,
    points,
  });
}

function get(url, response) {
  switch (url.pathname) {
    case "/api/v1/session":
      return json(response, session());
    case "/api/v1/facility":
      return json(response, facility);
    case "/api/v1/overview":
      return json(response, snapshot());
    case "/api/v1/proposals":
      return json(response, proposals());
    case "/api/v1/history":
      return history(url, response);
    case "/api/v1/audit":
      return json(
        response,
        audit().filter((e) => e.sequence > Number(url.searchParams.get("after") ?? 0)),
      );
    case "/api/v1/audit/verify":
      return json(response, { intact: true, entries: audit().length });
    case "/api/v1/stream":
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      response.write(`event: snapshot\ndata: ${JSON.stringify(snapshot())}\n\n`);
      clients.add(response);
      return response.on("close", () => clients.delete(response));
    default:
      return url.pathname.startsWith("/api/v1/proposals/") && story.summary() !== null
        ? json(response, fullProposal(story))
        : decline(response, 404, "Not served", url.pathname, "Look at dev/mock.mjs.");
  }
}

function post(url, body, response) {
  const { pathname } = url;
  if (pathname === "/api/v1/session") {
    user = {
      name: body.name,
      roles: body.name === "shifter" ? ["SHIFTER"] : ["EXPERT", "SHIFTER"],
    };
    return json(response, session());
  }
  if (user === null) {
    return decline(
      response,
      401,
      "Not signed in",
      "this needs an account",
      "Sign in and try again.",
    );
  }
  if (pathname === "/api/v1/writing") {
    story.writing =
      body.action === "STOP"
        ? {
            known: true,
            stopped: true,
            by: user.name,
            reason: body.reason,
            sinceMs: Date.now(),
            releasedBy: [],
          }
        : { ...story.writing, releasedBy: [user.name] };
    send("writing", story.writing);
    return json(response, story.writing);
  }
  if (pathname === "/api/v1/control") {
    story.control = body.action === "RELEASE" ? null : { person: user.name, sinceMs: Date.now() };
    send("operations", operations());
    return json(response, operations());
  }
  if (pathname === "/api/v1/alarms/ack") {
    story.acknowledged.set(body.channel, user.name);
    return json(response, {});
  }
  Object.assign(story, {
    decided: pathname.split("/").at(-1),
    decidedAt: Date.now(),
    reason: body.reason,
  });
  return json(response, fullProposal(story));
}

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

function file(url, response) {
  const wanted = join(root, normalize(url.pathname));
  const found =
    extname(wanted) !== "" && wanted.startsWith(root) && existsSync(wanted)
      ? wanted
      : join(root, "index.html");
  response.writeHead(200, {
    "Content-Type": TYPES[extname(found)] ?? "application/octet-stream",
    "Content-Security-Policy":
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
  });
  createReadStream(found).pipe(response);
}

createServer((request, response) => {
  const url = new URL(request.url, "http://127.0.0.1");
  if (!url.pathname.startsWith("/api/")) {
    return file(url, response);
  }
  if (request.method === "GET") {
    return get(url, response);
  }
  if (request.method === "DELETE") {
    user = null;
    return json(response, session());
  }
  let text = "";
  request.on("data", (chunk) => (text += chunk));
  return request.on("end", () => post(url, JSON.parse(text || "{}"), response));
}).listen(number("--port", 8080), "127.0.0.1", () => {
  console.log(`MOCK, not Orrery: http://127.0.0.1:${number("--port", 8080)}/`);
});

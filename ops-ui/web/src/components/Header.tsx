import { useFacility } from "../live/facility";
import { follow, type Route } from "../live/router";
import { useCurrent } from "../live/current";
import { useLive } from "../live/store";
import { annunciates, needsAcknowledging } from "../text/alarms";
import { clockText, dayText, offsetText } from "../text/time";
import { presentTwin } from "../text/twin";
import { AGREEMENT_WORDS, type Tone } from "../text/words";
import { ControlHolder } from "./ControlHolder";
import { Shape } from "./Signs";
import { SignIn } from "./SignIn";
import { StopWriting } from "./StopWriting";

export function Header({ route }: { route: Route }) {
  return (
    <header className="header">
      <a className="brand" href="/" onClick={follow}>
        <img src="/orrery.svg" alt="" width="28" height="28" />
        Orrery
      </a>
      <Navigation route={route} />
      <Clocks />
      <TwinAgreement />
      <ControlHolder />
      <SignIn />
      <StopWriting />
    </header>
  );
}

function Navigation({ route }: { route: Route }) {
  const alarms = useLive((state) => state.snapshot?.alarms);
  const waiting = useLive(
    (state) =>
      state.snapshot?.proposals.filter((p) => ["AWAITING_APPROVAL", "HELD"].includes(p.state.type))
        .length ?? 0,
  );
  const drilling = useLive((state) => (state.snapshot?.drill ?? null) !== null);
  const shown = alarms?.filter(annunciates).length ?? 0;
  const fresh = alarms?.some(needsAcknowledging) ?? false;
  const link = (page: Route["page"][], href: string, text: string, count?: string, rings = false) => (
    <a
      href={href}
      onClick={follow}
      className={page.includes(route.page) ? "here" : ""}
      aria-current={page.includes(route.page) ? "page" : undefined}
    >
      {text}
      {count !== undefined && <span className={rings ? "count fresh" : "count"}>{count}</span>}
    </a>
  );
  return (
    <nav aria-label="Pages">
      {drilling && link(["drill"], "/drill", "Drill")}
      {link(["overview"], "/", "Overview")}
      {link(["alarms"], "/alarms", "Alarms", String(shown), fresh)}
      {link(["proposals", "proposal"], "/proposals", "Proposals", String(waiting))}
      {link(["channels", "channel"], "/channels", "Channels")}
      {link(["snapshots"], "/snapshots", "Snapshots")}
      {link(["bridge"], "/bridge", "Bridge")}
      {link(["record"], "/record", "Record")}
    </nav>
  );
}

function Clocks() {
  const { zone } = useFacility();
  const plantS = useLive((state) =>
    state.snapshot === null ? null : Math.floor(state.snapshot.plantMs / 1000),
  );
  const wallS = useLive((state) =>
    state.snapshot === null ? null : Math.floor(state.snapshot.wallMs / 1000),
  );
  const plant = plantS === null ? null : plantS * 1000;
  const wall = wallS === null ? null : wallS * 1000;
  return (
    <div className="clocks">
      <Heartbeat />
      <div className="clock">
        <span className="clock-label">plant time</span>
        <span className="clock-big">{plant === null ? "--:--:--" : clockText(plant, zone)}</span>
        <span className="clock-small">
          {plant === null ? "" : `${dayText(plant, zone)} ${offsetText(plant, zone)}`}
        </span>
      </div>
      <div className="clock">
        <span className="clock-label">wall clock</span>
        <span className="clock-mid">{wall === null ? "--:--:--" : clockText(wall, zone)}</span>
        <span className="clock-small">{wall === null ? "" : dayText(wall, zone)}</span>
      </div>
    </div>
  );
}

function Heartbeat() {
  const even = useLive((state) => state.link.beats % 4 < 2);
  const phase = useLive((state) => state.link.phase);
  const current = useCurrent();
  const words = { CONNECTING: "connecting", LIVE: "live", STALE: "no updates" }[phase];
  const shown = current ? words : phase === "STALE" ? words : "no values";
  return (
    <span className={`heartbeat ${current ? phase.toLowerCase() : "stale"}`} title={shown}>
      <span className={even ? "beat on" : "beat"} aria-hidden="true">
        ●
      </span>
      <span className="clock-small">{shown}</span>
    </span>
  );
}

function TwinAgreement() {
  const agreement = useLive((state) => presentTwin(state.snapshot)?.agreement);
  const hypothesis = useLive((state) => presentTwin(state.snapshot)?.workingHypothesis ?? null);
  const tones: Record<string, Tone> = { AGREES: "good", DOUBTS: "care", LOST: "bad" };
  return (
    <div className="twin-sign">
      <span className="clock-label">digital twin</span>
      <span data-testid="twin-agreement">
        <Shape tone={agreement === undefined ? "unknown" : (tones[agreement] ?? "unknown")} />{" "}
        {agreement === undefined ? "twin not heard" : AGREEMENT_WORDS[agreement]}
      </span>
      <span className="clock-small" title={hypothesis ?? ""}>
        {hypothesis === null ? "" : `assuming: ${hypothesis}`}
      </span>
    </div>
  );
}

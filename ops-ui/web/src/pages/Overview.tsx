import { useMemo } from "react";
import type { Alarm, Channel, Facility, Finding, ProposalSummary } from "../api/types";
import { AlarmList } from "../components/AlarmList";
import { ChannelPlot, usePlotBeat } from "../components/ChannelPlot";
import { Diagnosed } from "../components/Diagnosed";
import { ProposalList } from "../components/ProposalList";
import { Subsystems } from "../components/Subsystems";
import { useChannels, useFacility } from "../live/facility";
import { useLive } from "../live/store";
import { annunciates, inOrder } from "../text/alarms";
import { presentDiagnosis } from "../text/answers";

const MOST_PLOTS = 6;
const NO_ALARMS: Alarm[] = [];
const NO_PROPOSALS: ProposalSummary[] = [];
const NO_FINDINGS: Finding[] = [];

export function Overview() {
  return (
    <div className="overview">
      <Subsystems />
      <Plots />
      <Attention />
    </div>
  );
}

/** The first two measured headline values of each subsystem, most important subsystem first. */
export function plotted(facility: Facility, channels: ReadonlyMap<string, Channel>): Channel[] {
  return facility.subsystems
    .flatMap((subsystem) =>
      subsystem.headline
        .map((id) => channels.get(id))
        .filter((channel) => channel?.kind === "DOUBLE")
        .slice(0, 2),
    )
    .filter((channel) => channel !== undefined)
    .slice(0, MOST_PLOTS);
}

function Plots() {
  const facility = useFacility();
  const channels = useChannels();
  const shown = useMemo(() => plotted(facility, channels), [facility, channels]);
  const beat = usePlotBeat();
  const ready = useLive((state) => state.snapshot !== null);
  return (
    <section className="plots" aria-label="Live plots">
      <p className="legend">
        The last hour of plant time: <span className="key-line" /> measured{" "}
        <span className="key-band" /> what the twin expects, 9 of 10 readings{" "}
        <span className="key-limit" /> alarm limit
      </p>
      {ready &&
        shown.map((channel) => <ChannelPlot key={channel.id} channel={channel} beat={beat} />)}
    </section>
  );
}

function Attention() {
  const all = useLive((state) => state.snapshot?.alarms ?? NO_ALARMS);
  const proposals = useLive((state) => state.snapshot?.proposals ?? NO_PROPOSALS);
  const findings = useLive((state) => state.snapshot?.findings ?? NO_FINDINGS);
  const diagnosis = useLive((state) =>
    state.snapshot === null ? null : presentDiagnosis(state.snapshot),
  );
  const alarms = useMemo(() => inOrder(all.filter(annunciates)), [all]);
  const active = findings.filter((finding) => finding.active);
  return (
    <aside className="attention" aria-label="What needs attention">
      <h2>Proposals</h2>
      <ProposalList proposals={proposals.slice(0, 3)} />
      <h2>
        Alarms <span className="alarm-more">{alarms.length === 0 ? "" : alarms.length}</span>
      </h2>
      <AlarmList alarms={alarms} />
      <h2>What the twin noticed</h2>
      {active.length === 0 && <p className="nothing">Nothing.</p>}
      {active.map((finding) => (
        <p key={finding.id} className="finding">
          ◇ {finding.title}
        </p>
      ))}
      {diagnosis !== null && <Diagnosed diagnosis={diagnosis} most={3} />}
    </aside>
  );
}

import { Briefing } from "../components/drill/Briefing";
import { Debrief } from "../components/drill/Debrief";
import { Running } from "../components/drill/Running";
import { useLive } from "../live/store";

/** A training drill from its briefing to its debrief. */
export function DrillPage() {
  const known = useLive((state) => state.snapshot !== null);
  const drill = useLive((state) => state.snapshot?.drill ?? null);
  if (drill === null) {
    return (
      <div className="page">
        <h1>Drill</h1>
        <p>
          {known ? (
            <>
              No training drill runs here. Start one with <code>orrery drill run NAME</code>;{" "}
              <code>orrery drill list</code> shows the names.
            </>
          ) : (
            "Waiting for Orrery to answer…"
          )}
        </p>
      </div>
    );
  }
  switch (drill.phase) {
    case "PREPARING":
    case "READY":
      return <Briefing drill={drill} />;
    case "RUNNING":
      return <Running drill={drill} />;
    case "ENDED":
      return <Debrief drill={drill} />;
  }
}

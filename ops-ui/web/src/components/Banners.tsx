import { useFacility } from "../live/facility";
import { follow } from "../live/router";
import { useLive } from "../live/store";
import { clockText } from "../text/time";

/** Says, on every page, that this is no real detector. */
export function SimulatedBanner() {
  const facility = useFacility();
  const factor = useLive((state) => state.snapshot?.timeFactor ?? facility.timeFactor);
  const drill = useLive((state) => state.snapshot?.drill?.sheet.title ?? null);
  if (!facility.simulated) {
    return null;
  }
  if (drill !== null) {
    return (
      <div className="banner-simulated banner-drill" data-testid="banner-simulated">
        <strong data-testid="banner-drill">DRILL</strong> “{drill}” on a <strong>SIMULATED</strong>{" "}
        detector, nobody is called out · plant time runs ×{factor} ·{" "}
        <a href="/drill" onClick={follow}>
          to the drill
        </a>
      </div>
    );
  }
  return (
    <div className="banner-simulated" data-testid="banner-simulated">
      <strong>SIMULATED</strong> detector, not a real one · plant time runs ×{factor}
    </div>
  );
}

/** Covers the answers when updates stop: nothing below it is the present any more. */
export function StaleBanner() {
  const stale = useLive((state) => state.link.phase === "STALE");
  const silent = useLive((state) => state.link.silentForS);
  const retrying = useLive((state) => state.link.retryAt !== null);
  if (!stale) {
    return <BlindBanner />;
  }
  return (
    <div className="banner-stale" role="alert" data-testid="banner-stale">
      <span className="stale-word">STALE</span>
      <span>
        <strong>Updates stopped {silent} s ago.</strong> Values below are old. Watch the detector at
        its own displays. {retrying ? "Connecting again…" : "Waiting for Orrery…"}
      </span>
    </div>
  );
}

/** Orrery answers, and does not see the detector: values below are of some time ago. */
function BlindBanner() {
  const { zone } = useFacility();
  const why = useLive(({ snapshot }) => (snapshot?.feed.stale === true ? snapshot.feed.why : ""));
  const heardMs = useLive((state) => state.snapshot?.feed.heardMs ?? null);
  if (why === "") {
    return null;
  }
  return (
    <div className="banner-stale" role="alert" data-testid="banner-blind">
      <span className="stale-word">STALE</span>
      <span>
        <strong>
          {heardMs === null
            ? "No value has come yet"
            : `No values since ${clockText(heardMs, zone)} plant time`}
          : {why}.
        </strong>{" "}
        Watch the detector at its own displays.
      </span>
    </div>
  );
}

import { useMemo } from "react";
import type { Alarm } from "../api/types";
import { AlarmList } from "../components/AlarmList";
import { useLive } from "../live/store";
import { annunciates, inOrder } from "../text/alarms";

const NONE: Alarm[] = [];

export function Alarms() {
  const alarms = useLive((state) => state.snapshot?.alarms ?? NONE);
  const sorted = useMemo(() => inOrder(alarms), [alarms]);
  const quiet = sorted.filter((alarm) => !annunciates(alarm));
  return (
    <div className="page">
      <h1>Alarms</h1>
      <AlarmList alarms={sorted.filter(annunciates)} />
      {quiet.length > 0 && (
        <>
          <h2>Shelved, suppressed or out of service</h2>
          <AlarmList alarms={quiet} />
        </>
      )}
    </div>
  );
}

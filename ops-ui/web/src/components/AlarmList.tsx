import { useState } from "react";
import { api } from "../api/client";
import type { Alarm } from "../api/types";
import { useChannels, useFacility } from "../live/facility";
import { follow } from "../live/router";
import { session, useUser } from "../live/session";
import { isActive, mirrorWords, needsAcknowledging } from "../text/alarms";
import { clockText } from "../text/time";
import { alarmStateWords, type Tone } from "../text/words";
import { Problem } from "./Problem";
import { Shape } from "./Signs";
import { SignInDialog } from "./SignIn";
import { Age } from "./Value";

const TONES: Record<Alarm["priority"], Tone> = {
  LOW: "care",
  MEDIUM: "care",
  HIGH: "bad",
  CRITICAL: "bad",
};

export function AlarmList({ alarms }: { alarms: Alarm[] }) {
  if (alarms.length === 0) {
    return (
      <p className="nothing">
        <Shape tone="good" /> No alarm.
      </p>
    );
  }
  return (
    <ol className="alarms">
      {alarms.map((alarm) => (
        <AlarmRow key={`${alarm.channel} ${alarm.kind}`} alarm={alarm} />
      ))}
    </ol>
  );
}

function AlarmRow({ alarm }: { alarm: Alarm }) {
  const { zone } = useFacility();
  const channel = useChannels().get(alarm.channel);
  const title = channel?.description ?? alarm.channel;
  const mirrored = mirrorWords(alarm);
  const tone = isActive(alarm) ? TONES[alarm.priority] : "calm";
  return (
    <li
      className={`alarm tone-edge-${tone} ${needsAcknowledging(alarm) ? "fresh" : ""}`}
      data-testid="alarm-row"
      data-channel={alarm.channel}
    >
      <div className="alarm-head">
        <span className={`mark tone-${tone}`}>
          <Shape tone={tone} /> {alarm.priority}
        </span>
        {alarm.firstOut && <span className="first-alarm">⚑ first alarm</span>}
        <Acknowledge alarm={alarm} />
      </div>
      <div className="alarm-message">
        {alarm.mirror !== null && channel === undefined ? (
          alarm.message
        ) : (
          <>
            <a href={`/channels/${alarm.channel}`} onClick={follow}>
              {alarm.kind === "FINDING" ? "The twin" : title}
            </a>
            : {alarm.message}
          </>
        )}
      </div>
      <div className="alarm-more">
        since {clockText(alarm.raisedMs, zone)} (<Age sinceMs={alarm.raisedMs} />) ·{" "}
        {alarmStateWords(alarm)}
      </div>
      {mirrored !== "" && (
        <div className="alarm-more" data-testid="alarm-mirror">
          {alarm.mirror?.stale === true && <Shape tone="unknown" />} {mirrored}
        </div>
      )}
      <div className="alarm-more">
        <strong>Do:</strong>{" "}
        {alarm.response === "" ? "no response is written down" : alarm.response}
      </div>
      <div className="alarm-more">
        <strong>Call:</strong> {alarm.callOut === "" ? "–" : alarm.callOut}
      </div>
    </li>
  );
}

function Acknowledge({ alarm }: { alarm: Alarm }) {
  const user = useUser();
  const [signIn, setSignIn] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (!needsAcknowledging(alarm) || (alarm.mirror?.awaiting ?? null) !== null) {
    return null;
  }
  const acknowledge = (): void => {
    if (user === null) {
      setSignIn(true);
      return;
    }
    setError(null);
    api.acknowledge(alarm.channel, alarm.kind).catch((problem) => {
      setError(problem);
      session.noticed(problem);
    });
  };
  return (
    <>
      <button type="button" className="ack" data-testid="ack-button" onClick={acknowledge}>
        Acknowledge
      </button>
      {error !== null && <Problem error={error} />}
      {signIn && (
        <SignInDialog why="To acknowledge alarms, sign in." onClose={() => setSignIn(false)} />
      )}
    </>
  );
}

import { useFacility } from "../live/facility";
import { useLive } from "../live/store";
import { missingChannels } from "../text/answers";
import { ROOM_WORDS, type Tone } from "../text/words";
import type { Loss, RoomHealth } from "../api/types";
import { Shape } from "./Signs";

const ROOM_TONES: Record<RoomHealth["status"], Tone> = {
  UP: "good",
  DEGRADED: "care",
  DOWN: "bad",
};
const NO_ROOMS: RoomHealth[] = [];
const NO_LOSS: Loss[] = [];

/** The feed of this very display; it is thinned on purpose and says nothing about the record. */
const OWN_FEED = "feed.server";

/** Stages see the same samples, so they are not added up: the one that thins most is named. */
export function thinnedMost(losses: Loss[]): string {
  const share = (loss: Loss): number => (loss.in === 0 ? 0 : loss.squashed / loss.in);
  const [most] = losses
    .filter((loss) => loss.stage !== OWN_FEED && loss.squashed > 0)
    .sort((a, b) => share(b) - share(a));
  return most === undefined
    ? "none thinned"
    : `${most.stage} ${(share(most) * 100).toPrecision(2)} % thinned`;
}

/** What runs, what is down, and what became of the data on its way. */
export function Foot() {
  const facility = useFacility();
  const rooms = useLive((state) => state.snapshot?.rooms ?? NO_ROOMS);
  const losses = useLive((state) => state.snapshot?.loss ?? NO_LOSS);
  const version = useLive((state) => state.snapshot?.version ?? "");
  const missing = useLive((state) =>
    state.snapshot === null ? 0 : missingChannels(facility, state.snapshot).length,
  );
  const thinned = thinnedMost(losses);
  const lost = losses.reduce((sum, loss) => sum + loss.dropped, 0);
  const title = losses
    .map(
      (l) =>
        `${l.stage}: in ${l.in}, out ${l.out}, thinned ${l.squashed}, lost ${l.dropped}, late ${l.late}, waiting ${l.pending}`,
    )
    .join("\n");
  return (
    <footer className="foot">
      <span className="foot-rooms">
        {rooms.length === 0 && "No part of Orrery has reported yet."}
        {rooms.map((room) => (
          <span
            key={room.room}
            title={room.detail}
            className={room.status === "UP" ? "room" : "room off"}
          >
            <Shape tone={ROOM_TONES[room.status]} /> {room.room}
            {room.status === "UP"
              ? ""
              : ` ${ROOM_WORDS[room.status]}${room.detail === "" ? "" : `: ${room.detail}`}`}
          </span>
        ))}
      </span>
      <span className="foot-right">
        <span className={missing > 0 ? "off" : ""}>
          {facility.channels.length - missing}/{facility.channels.length} channels heard
        </span>
        <span title={title}>
          data: {thinned}, <span className={lost > 0 ? "off" : ""}>{lost} lost</span>
        </span>
        <span>Orrery {version}</span>
      </span>
    </footer>
  );
}

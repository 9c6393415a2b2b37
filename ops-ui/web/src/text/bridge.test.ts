import { describe, expect, it } from "vitest";
import type { BridgeHealth, BridgeServer, BridgeStage } from "../api/bridge";
import { balance, delayText, onTheWay, rateText, serverState, summary } from "./bridge";

const server: BridgeServer = {
  address: "127.0.0.1:5075",
  links: { CONNECTED: 3, STALE: 0, MISMATCH: 0, DISCONNECTED: 0 },
  updates: 10,
  perSecond: 2,
  lost: 0,
  disconnections: 0,
  heardMs: 1,
  delayP50S: 0.001,
  delayP99S: 0.02,
};

const stage: BridgeStage = {
  stage: "relay.kafka",
  in: 100,
  out: 90,
  squashed: 6,
  dropped: 1,
  late: 4,
  pending: 3,
  unaccounted: 0,
  before: "feed.kafka",
  between: 0,
};

function health(servers: BridgeServer[], stages: BridgeStage[]): BridgeHealth {
  return { atMs: 0, servers, matching: 0, channels: [], stages };
}

describe("the bridge in words", () => {
  it("says of a server what matters most", () => {
    const links = server.links;
    expect(serverState(server).words).toBe("up");
    expect(serverState({ ...server, links: { ...links, STALE: 1 } }).words).toBe("IN PART SILENT");
    expect(serverState({ ...server, links: { ...links, DISCONNECTED: 1 } }).tone).toBe("bad");
    expect(
      serverState({ ...server, links: { CONNECTED: 0, STALE: 0, MISMATCH: 0, DISCONNECTED: 3 } })
        .words,
    ).toBe("DOWN");
    expect(serverState({ ...server, address: "" }).words).toBe("NOT FOUND");
  });

  it("sums up, and calls nothing good while samples are missing", () => {
    expect(summary(health([server], [stage]))).toEqual({
      tone: "good",
      text: "3 of 3 channels connected; every stage balances",
    });
    const stale = { ...server, links: { ...server.links, CONNECTED: 2, STALE: 1 } };
    expect(summary(health([stale], [stage])).text).toContain("2 of 3 channels connected, 1 stale");
    const missing = summary(health([server], [{ ...stage, unaccounted: 2 }]));
    expect(missing.tone).toBe("bad");
    expect(missing.text).toContain("unaccounted for in relay.kafka");
    expect(balance({ ...stage, unaccounted: 2 }).words).toBe("2 UNACCOUNTED");
  });

  it("puts the stages in the order of the way", () => {
    const names = ["archive", "alarms", "feed.twin", "relay.events", "transport", "relay.kafka"];
    expect(onTheWay(names.map((name) => ({ ...stage, stage: name }))).map((s) => s.stage)).toEqual([
      "transport",
      "feed.twin",
      "relay.kafka",
      "archive",
      "alarms",
      "relay.events",
    ]);
  });

  it("writes delays and rates with the digits that they are worth", () => {
    expect([null, 0.0003, 0.025, 1.25, 12].map(delayText)).toEqual([
      "–",
      "0.3 ms",
      "25 ms",
      "1.3 s",
      "12 s",
    ]);
    expect([null, 0, 0.25, 412.4].map(rateText)).toEqual(["–", "0", "0.3", "412"]);
  });
});

// The diagnosis of dev/story.mjs. For development only.

export function diagnosis(faultAt) {
  const cause = (type, title, probability, extra, speaksFor = [], speaksAgainst = []) => ({
    hypothesis: { type, title, ...extra },
    probability,
    speaksFor,
    speaksAgainst,
  });
  const says = (channel, text, weight) => ({ channel, text, weight });
  return {
    id: "d-1",
    finding: "f-1",
    atMs: faultAt + 88_000,
    onsetMs: faultAt,
    completeness: 0.998,
    agreement: "AGREES",
    causes: [
      cause(
        "PLANT_FAULT",
        "recirculation pump A stopped",
        0.962,
        { code: "F5", device: "purif.pump-a" },
        [
          says("purif.flow", "fell to 0.00 kg/s within 30 s, as a stopped pump does", 9.1),
          says("purif.pump-a.current", "fell to 0.0 A with the pump switched on", 7.7),
          says("purif.pump-a.speed", "ran down to standstill", 6.2),
        ],
      ),
      cause(
        "PLANT_FAULT",
        "filter saturated",
        0.021,
        { code: "F8", device: "purif.filter" },
        [says("purif.flow", "is low", 1.2)],
        [says("purif.pump-a.current", "a blocked filter leaves the motor under load", -6.4)],
      ),
      cause(
        "LYING_SENSOR",
        "sensor purif.flow is wrong",
        0.009,
        { channel: "purif.flow" },
        [],
        [says("purif.pump-a.speed", "the pump stands still as well", -8.8)],
      ),
      cause("NONE_OF_THESE", "none of these", 0.008, {}),
    ],
    discriminators: ["vibration of pump A while it is switched off and on by hand"],
  };
}

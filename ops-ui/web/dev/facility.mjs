// A small facility description for dev/mock.mjs. For development only: not the real detector's.

const subsystems = [
  ["high-voltage", "Drift high voltage", "HV expert on call, 16-5001", ["hv.cathode.voltage", "hv.cathode.current", "hv.cathode.state"]],
  ["cryostat", "Cryostat", "Cryogenics expert on call, 16-5002", ["cryo.pressure.gauge", "cryo.condenser.valve-command", "cryo.ln2.flow", "cryo.rtd.t20"]],
  ["purification", "Purification", "Cryogenics expert on call, 16-5002", ["purif.flow", "purif.pump-a.speed", "purif.pump-b.speed", "purif.prm2.lifetime"]],
  ["front-end", "Front-end electronics", "TPC electronics expert on call, 16-5003", ["mon.enc.u", "mon.enc.v", "mon.enc.x"]],
  ["photon-detectors", "Photon detectors", "Photon detector expert on call, 16-5004", ["mon.light.yield", "pds.ch01.gain"]],
  ["daq", "DAQ and monitoring", "DAQ expert on call, 16-5005", ["daq.run.number", "daq.run.state", "daq.trigger.rate", "mon.dqdx.cathode", "mon.crosser.drift-time"]],
  ["hall", "Hall and interlocks", "Technical coordinator, 16-5006", ["env.barometer", "interlock.oxygen-deficiency", "interlock.hv-level"]],
];

// id, unit, egu, subsystem, description, nominal, noise, [lolo, low, high, hihi], writable
const numbers = [
  ["hv.cathode.voltage", "kV", "kV", 0, "Cathode voltage at the supply (negative)", -180, 0.02, [-188, -184, -176, -170]],
  ["hv.cathode.current", "uA", "uA", 0, "Current of the cathode supply", 98.2, 0.15, [85, 92, 104, 112]],
  ["cryo.pressure.absolute", "mbar", "mbar(a)", 1, "Pressure of the ullage, absolute", 1057, 0.3, [null, null, 1090, 1120]],
  ["cryo.pressure.gauge", "mbar", "mbarg", 1, "Pressure of the ullage over the hall", 87.2, 0.25, [40, 60, 110, 150]],
  ["cryo.condenser.valve-command", "%", "%", 1, "Command to the nitrogen valve", 48.1, 0.4, [null, 10, 90, null]],
  ["cryo.ln2.flow", "g/s", "g/s", 1, "Liquid nitrogen to the condenser", 42.6, 0.3, [10, 20, null, null]],
  ["cryo.rtd.t20", "K", "K", 1, "Liquid argon temperature, half height", 87.612, 0.002, [null, null, 88.2, 88.6]],
  ["purif.flow", "kg/s", "kg/s", 2, "Liquid circulated through the filter", 1.67, 0.008, [1.2, 1.45, 2.1, 2.4]],
  ["purif.pump-a.speed", "Hz", "Hz", 2, "Speed of pump A", 50, 0.05, [null, null, 55, 58]],
  ["purif.pump-a.current", "A", "A", 2, "Motor current of pump A", 4.02, 0.03, [null, null, 6, 7]],
  ["purif.pump-a.dp", "mbar", "mbar", 2, "Pressure gain of pump A", 812, 3, [null, null, null, null]],
  ["purif.pump-b.speed", "Hz", "Hz", 2, "Speed of pump B", 0, 0.01, [null, null, 55, 58]],
  ["purif.pump-b.current", "A", "A", 2, "Motor current of pump B", 0, 0.01, [null, null, 6, 7]],
  ["purif.pump-b.speed-set", "Hz", "Hz", 2, "Set speed of pump B", 50, 0, [null, null, null, null], true],
  ["purif.prm2.lifetime", "ms", "ms", 2, "Electron lifetime, monitor 2", 7.92, 0.05, [3, 5, null, null]],
  ["mon.enc.u", "{e}", "e-", 3, "Equivalent noise charge, U plane", 562, 2, [null, null, 700, 900]],
  ["mon.enc.v", "{e}", "e-", 3, "Equivalent noise charge, V plane", 571, 2, [null, null, 700, 900]],
  ["mon.enc.x", "{e}", "e-", 3, "Equivalent noise charge, X plane", 489, 2, [null, null, 600, 800]],
  ["mon.light.yield", "[arb'U]", "a.u.", 4, "Light yield of crossing muons", 0.998, 0.004, [0.7, 0.85, null, null]],
  ["pds.ch01.gain", "10*6", "1e6", 4, "Gain of photon detector 1", 2.41, 0.01, [null, null, null, null]],
  ["daq.trigger.rate", "Hz", "Hz", 5, "Trigger rate", 24.8, 0.4, [1, 5, 60, 80]],
  ["mon.dqdx.cathode", "10*3.{e}/cm", "ke/cm", 5, "Charge of crossing muons near the cathode", 54.3, 0.2, [null, 48, null, null]],
  ["mon.crosser.drift-time", "us", "us", 5, "Drift time of cathode crossers", 2247, 2, [null, null, null, null]],
  ["env.barometer", "mbar", "mbar", 6, "Atmospheric pressure in the hall", 969.8, 0.05, [null, null, null, null]],
];

const choices = [
  ["hv.cathode.state", 0, "State of the cathode supply", ["OFF", "ON", "RAMPING", "TRIPPED"], 1],
  ["purif.pump-a.enable", 2, "Pump A switched on", ["OFF", "ON"], 1, true],
  ["purif.pump-b.enable", 2, "Pump B switched on", ["OFF", "ON"], 0, true],
  ["purif.pump-a.remote", 2, "Local or remote, pump A", ["LOCAL", "REMOTE"], 1],
  ["purif.pump-b.remote", 2, "Local or remote, pump B", ["LOCAL", "REMOTE"], 1],
  ["purif.filter.select", 2, "Filter in the path", ["A", "B"], 0, true],
  ["daq.run.state", 5, "State of the run", ["STOPPED", "RUNNING"], 1],
  ["interlock.oxygen-deficiency", 6, "Oxygen deficiency interlock", ["OK", "TRIPPED"], 0],
  ["interlock.hv-level", 6, "Liquid level interlock of the high voltage", ["OK", "TRIPPED"], 0],
];

const NO_LIMITS = { lolo: null, low: null, high: null, hihi: null };

function described(id, kind, unit, egu, subsystem, description, labels, writable, limits) {
  return {
    id,
    pv: `LAR:${id.toUpperCase().replaceAll(".", ":").replaceAll("-", "_")}`,
    kind,
    unit,
    egu,
    subsystem: subsystems[subsystem][0],
    device: id.split(".").slice(0, -1).join("."),
    description,
    choices: labels,
    writable,
    limits,
    cadenceMs: 1000,
    procedures: [],
  };
}

export const nominal = new Map([
  ...numbers.map(([id, , , , , value, noise]) => [id, { value, noise }]),
  ...choices.map(([id, , , , index]) => [id, { value: index, noise: 0 }]),
  ["daq.run.number", { value: 11042, noise: 0 }],
]);

export const facility = {
  name: "mock",
  title: "Reference LArTPC (mock)",
  zone: "Europe/Zurich",
  simulated: true,
  timeFactor: 20,
  modes: ["SHUTDOWN", "STANDBY", "PHYSICS"],
  subsystems: subsystems.map(([name, title, callOut, headline]) => ({ name, title, callOut, headline })),
  channels: [
    ...numbers.map(([id, unit, egu, subsystem, text, , , [lolo, low, high, hihi], writable = false]) =>
      described(id, "DOUBLE", unit, egu, subsystem, text, [], writable, { lolo, low, high, hihi }),
    ),
    ...choices.map(([id, subsystem, text, labels, , writable = false]) =>
      described(id, "CHOICE", "1", "", subsystem, text, labels, writable, NO_LIMITS),
    ),
    described("daq.run.number", "LONG", "1", "", 5, "Number of the run", [], false, NO_LIMITS),
  ],
};

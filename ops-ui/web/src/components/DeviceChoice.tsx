import { useFacility } from "../live/facility";

/** A writable device, or a group of devices. */
export function DeviceChoice({
  value,
  onChange,
}: {
  value: string;
  onChange: (device: string) => void;
}) {
  const { channels, groups } = useFacility();
  const devices = [...new Set(channels.filter((c) => c.writable).map((c) => c.device))].sort();
  return (
    <label>
      Device or group
      <select required value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">choose…</option>
        {groups.map((group) => (
          <option key={group.name} value={group.name}>
            {group.name} (all of {group.devices.join(", ")})
          </option>
        ))}
        {devices.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

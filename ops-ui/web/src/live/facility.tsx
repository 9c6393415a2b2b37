import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { api } from "../api/client";
import type { Channel, Facility } from "../api/types";

interface Described {
  facility: Facility;
  channels: ReadonlyMap<string, Channel>;
}

const Context = createContext<Described | null>(null);
const RETRY_MS = 2_000;

/** Fetches the facility's description, again and again until it comes. */
export function FacilityProvider({
  children,
  waiting,
}: {
  children: ReactNode;
  waiting: ReactNode;
}) {
  const [facility, setFacility] = useState<Facility | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const ask = (): void => {
      api.facility().then(
        (described) => {
          if (!ended) {
            setFacility(described);
          }
        },
        () => {
          timer = setTimeout(ask, RETRY_MS);
        },
      );
    };
    ask();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, []);
  const described = useMemo(
    () =>
      facility === null
        ? null
        : {
            facility,
            channels: new Map(facility.channels.map((channel) => [channel.id, channel])),
          },
    [facility],
  );
  return described === null ? (
    waiting
  ) : (
    <Context.Provider value={described}>{children}</Context.Provider>
  );
}

export function useFacility(): Facility {
  return useDescribed().facility;
}

export function useChannel(id: string): Channel | undefined {
  return useDescribed().channels.get(id);
}

export function useChannels(): ReadonlyMap<string, Channel> {
  return useDescribed().channels;
}

function useDescribed(): Described {
  const described = useContext(Context);
  if (described === null) {
    throw new Error("used outside FacilityProvider");
  }
  return described;
}

import { useEffect } from "react";
import { SimulatedBanner, StaleBanner } from "./components/Banners";
import { Foot } from "./components/Foot";
import { Header } from "./components/Header";
import { Strip } from "./components/Strip";
import { isCurrent } from "./live/current";
import { FacilityProvider } from "./live/facility";
import { follow, type Route, useRoute } from "./live/router";
import { useLive } from "./live/store";
import { Alarms } from "./pages/Alarms";
import { Bridge } from "./pages/Bridge";
import { ChannelPage } from "./pages/ChannelPage";
import { Channels } from "./pages/Channels";
import { DrillPage } from "./pages/DrillPage";
import { Overview } from "./pages/Overview";
import { ProposalPage } from "./pages/ProposalPage";
import { Proposals } from "./pages/Proposals";
import { Record } from "./pages/Record";
import { Snapshots } from "./pages/Snapshots";

export function App() {
  return (
    <FacilityProvider waiting={<Waiting />}>
      <Page />
    </FacilityProvider>
  );
}

function Waiting() {
  return (
    <main className="waiting">
      <h1>Orrery</h1>
      <p role="status">Waiting for Orrery to answer…</p>
    </main>
  );
}

function Page() {
  const route = useRoute();
  const phase = useLive((state) => (isCurrent(state) ? state.link.phase : "STALE"));
  const drilling = useLive((state) => (state.snapshot?.drill ?? null) !== null);
  useEffect(() => {
    document.title = `${phase === "STALE" ? "STALE · " : ""}${drilling ? "DRILL · " : ""}Orrery`;
  }, [phase, drilling]);
  return (
    <div className={`shell link-${phase.toLowerCase()} at-${route.page}`}>
      <SimulatedBanner />
      <Header route={route} />
      <div className="strip-place">
        <Strip />
        <StaleBanner />
      </div>
      <main>
        <Content route={route} />
      </main>
      <Foot />
    </div>
  );
}

function Content({ route }: { route: Route }) {
  switch (route.page) {
    case "overview":
      return <Overview />;
    case "alarms":
      return <Alarms />;
    case "proposals":
      return <Proposals />;
    case "proposal":
      return <ProposalPage key={route.id} id={route.id} />;
    case "channels":
      return <Channels />;
    case "channel":
      return <ChannelPage id={route.id} />;
    case "record":
      return <Record part={route.part} />;
    case "snapshots":
      return <Snapshots id={route.id} />;
    case "bridge":
      return <Bridge />;
    case "drill":
      return <DrillPage />;
    case "unknown":
      return (
        <div className="page">
          <h1>No such page</h1>
          <p>
            There is nothing at {route.path}.{" "}
            <a href="/" onClick={follow}>
              Go to the overview
            </a>
          </p>
        </div>
      );
  }
}

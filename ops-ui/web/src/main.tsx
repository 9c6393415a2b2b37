import "./live/language";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { session } from "./live/session";
import { live } from "./live/store";
import "./theme.css";

// A snapshot comes with every new connection, and Orrery may have forgotten who is signed in.
live.listen((event) => {
  if (event.type === "snapshot") {
    void session.refresh();
  }
});
live.start();
void session.refresh();

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

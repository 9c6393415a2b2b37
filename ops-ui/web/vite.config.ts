import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// In development the page talks to a running Orrery, or to dev/mock.mjs, on this port.
const backend = `http://127.0.0.1:${process.env["ORRERY_PORT"] ?? "8080"}`;

export default defineConfig({
  plugins: [react()],
  build: { outDir: "target/webroot", emptyOutDir: true, sourcemap: false, target: "es2022" },
  server: { host: "127.0.0.1", proxy: { "/api": backend, "/health": backend } },
  preview: { host: "127.0.0.1", proxy: { "/api": backend, "/health": backend } },
  test: { environment: "node", include: ["src/**/*.test.{ts,tsx}"] },
});

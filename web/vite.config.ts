import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env.EMENDATA_STUDIO ?? "http://127.0.0.1:8377";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../src/emendata/studio/static",
    emptyOutDir: true,
    // The server's content security policy allows no data: address but those of images.
    assetsInlineLimit: 0,
    // The browsers of the last three years: light on polyfills, and CSS stays as it is written.
    target: ["chrome120", "edge120", "firefox121", "safari17.2"],
    license: { fileName: "licenses.md" },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800, // it comes from the same machine
  },
  server: {
    host: "127.0.0.1",
    // The server takes only requests that come from its own pages, so those of this one are told as such.
    proxy: { "/api": { target: server, changeOrigin: true, headers: { origin: server } } },
  },
});

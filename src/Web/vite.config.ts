import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `npm run dev` shows the sources as they are and asks a host that runs beside it.
const host = process.env.PORTAL_HOST ?? 'http://localhost:5080';

export default defineConfig({
  // Relative: the host puts the path in front below which the portal lives.
  base: './',
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    outDir: process.env.WEB_OUT ?? 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0, // data: addresses would need room in the content security policy
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      '/graphql': { target: host, ws: true },
      '/logo': { target: host },
    },
  },
});

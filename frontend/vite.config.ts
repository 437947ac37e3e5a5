import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { VitePWA } from 'vite-plugin-pwa'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** Answers /api from the fake server of the tests, so that a page can be looked at without a running back end. */
function fakeApi(): Plugin {
  return {
    name: 'fake-api',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use(async (incoming, outgoing, next) => {
        if (!incoming.url?.startsWith('/api/')) return next()
        const { answer } = await server.ssrLoadModule('/src/testing/answer.ts')
        const chunks: Buffer[] = []
        for await (const chunk of incoming) chunks.push(chunk as Buffer)
        const body = Buffer.concat(chunks)
        const response: Response = await answer(
          new Request(`http://localhost${incoming.url}`, {
            method: incoming.method ?? 'GET',
            headers: incoming.headers as Record<string, string>,
            ...(body.length > 0 ? { body } : {}),
          }),
        )
        outgoing.statusCode = response.status
        response.headers.forEach((value, name) => outgoing.setHeader(name, value))
        outgoing.end(Buffer.from(await response.arrayBuffer()))
      })
    },
  }
}

const apiAddress = process.env['GUANXI_API'] ?? 'http://127.0.0.1:8000'
const isFake = process.env['GUANXI_FAKE_API'] === '1'

export default defineConfig({
  plugins: [
    react(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        name: 'Guanxi 关系',
        short_name: 'Guanxi',
        start_url: '/',
        display: 'standalone',
        background_color: '#F5F6F6',
        theme_color: '#027271',
        icons: [{ src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      workbox: { navigateFallbackDenylist: [/^\/api\//, /^\/healthz/, /^\/readyz/, /^\/metrics/], globPatterns: ['**/*.{js,css,html,woff2,svg}'] },
    }),
    ...(isFake ? [fakeApi()] : []),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: isFake ? {} : { proxy: { '/api': { target: apiAddress, changeOrigin: false } } },
  build: { target: 'es2023', manifest: true, chunkSizeWarningLimit: 1200 },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
    css: false,
    maxWorkers: 2,
    testTimeout: 15000,
  },
})

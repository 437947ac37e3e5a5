import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { VitePWA } from 'vite-plugin-pwa'
import { packed } from './scripts/packed.mjs'
import { defineConfig } from 'vitest/config'

const apiAddress = process.env['GUANXI_API'] ?? 'http://127.0.0.1:8000'

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
        lang: 'zh-CN',
        icons: [{ src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      workbox: { navigateFallbackDenylist: [/^\/api\//, /^\/healthz/, /^\/readyz/, /^\/metrics/], globPatterns: ['**/*.{js,css,html,woff2,svg}'] },
    }),
    packed(),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: { '/api': { target: apiAddress, changeOrigin: false } } },
  build: {
    target: 'es2023',
    manifest: true,
    chunkSizeWarningLimit: 1400,
    // What the first page needs travels in one file: many small ones compress worse and arrive one after the other.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } } },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
    css: false,
    maxWorkers: 2,
    testTimeout: 40_000,
  },
})

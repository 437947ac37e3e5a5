/** What every test stands on: a fake server, a window of a known size, and nothing left over from the test before. */
import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { keepCsrfToken } from '@/api/client'
import { chooseLocale } from '@/lib/i18n'
import '@/ui/DialogFrame'
import '@/ui/SheetFrame'
import { server } from './server'

// The first render of a file pays for loading Ant Design.
configure({ asyncUtilTimeout: 10_000 })

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  chooseLocale('zh-CN')
  window.innerWidth = 1440
  window.innerHeight = 900
})
afterEach(() => {
  cleanup()
  server.resetHandlers()
  keepCsrfToken(null)
  localStorage.clear()
  sessionStorage.clear()
})
afterAll(() => server.close())

// jsdom draws nothing: these are asked for by parts that measure or watch the page.
class Watcher {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return []
  }
}
vi.stubGlobal('ResizeObserver', Watcher)
vi.stubGlobal('IntersectionObserver', Watcher)
vi.stubGlobal('matchMedia', (query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  dispatchEvent: () => false,
}))
Element.prototype.scrollIntoView = () => undefined

/** Starts the web app. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './kinds'
import { App } from './App'

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}

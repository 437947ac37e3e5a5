// Writes src/ui/tokens.css and src/ui/tokens.ts from src/ui/tokens.json, the only place where colours are spelled out.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ui = new URL('../src/ui/', import.meta.url)
const tokens = JSON.parse(readFileSync(new URL('tokens.json', ui), 'utf8'))

function variables(theme) {
  const lines = Object.entries(tokens.color[theme]).map(([name, value]) => `  --${name}: ${value};`)
  for (const [hue, chip] of Object.entries(tokens.chips)) {
    for (const part of ['background', 'text', 'solid']) lines.push(`  --chip-${hue}-${part}: ${chip[theme][part]};`)
  }
  const shadows = theme === 'dark' ? tokens.shadowDark : tokens.shadow
  lines.push(`  --shadow-float: ${shadows.float};`, `  --shadow-drag: ${shadows.drag};`)
  return lines.join('\n')
}

const still = [
  `  --font: ${tokens.type.stack.zh};`,
  `  --font-mono: ${tokens.type.stack.mono};`,
  ...Object.entries(tokens.radius).map(([name, value]) => `  --radius-${name}: ${value}px;`),
  ...Object.entries(tokens.layer).map(([name, value]) => `  --layer-${name}: ${value};`),
  ...['fast', 'normal', 'slow'].map((name) => `  --motion-${name}: ${tokens.motion[name]}ms;`),
  `  --ease-out: ${tokens.motion.easeOut};`,
].join('\n')

export const css = `/* Made by scripts/make-tokens.mjs from tokens.json. */
:root {
${still}
}
:root,
[data-theme='light'] {
  color-scheme: light;
${variables('light')}
}
[data-theme='dark'] {
  color-scheme: dark;
${variables('dark')}
}
@media (prefers-reduced-motion: reduce) {
  :root {
    --motion-fast: 0ms;
    --motion-normal: 0ms;
    --motion-slow: 0ms;
  }
}
@media (prefers-contrast: more) {
  :root {
    --line: var(--lineStrong);
  }
}
`

export const ts = `// Made by scripts/make-tokens.mjs from tokens.json.
export const color = ${JSON.stringify(tokens.color, null, 2)} as const

export const hues = ${JSON.stringify(Object.keys(tokens.chips))} as const
export type Hue = (typeof hues)[number]

export const hueNames: Record<Hue, string> = ${JSON.stringify(Object.fromEntries(Object.entries(tokens.chips).map(([hue, chip]) => [hue, chip.name_zh])), null, 2)}

export const density = ${JSON.stringify(tokens.density, null, 2)} as const
export type Density = 'compact' | 'standard' | 'relaxed'

export const breakpoint = ${JSON.stringify(tokens.breakpoint, null, 2)} as const
`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('tokens.css', ui), css)
  writeFileSync(new URL('tokens.ts', ui), ts)
}

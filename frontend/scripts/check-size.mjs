// Says what the first page costs over the wire (brotli) and fails above the budget of 400 kB.
import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'

const budget = 400_000
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
// The list, which is the first page of a signed-in person, is part of what the entry loads.
const firstPage = ['index.html']
const files = new Set(['index.html'])

function collect(key, seen = new Set()) {
  if (seen.has(key)) return
  seen.add(key)
  const chunk = manifest[key]
  if (!chunk) return
  files.add(chunk.file)
  for (const css of chunk.css ?? []) files.add(css)
  for (const next of chunk.imports ?? []) collect(next, seen)
}
firstPage.forEach((key) => collect(key))

let total = 0
const sizes = []
for (const file of files) {
  const body = readFileSync(new URL(file, dist))
  const size = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
  sizes.push([file, size])
  total += size
}
for (const font of ['inter-latin-wght-normal']) {
  const asset = Object.values(manifest).find((chunk) => chunk.src?.includes(font))
  if (asset) {
    const size = readFileSync(new URL(asset.file, dist)).length
    sizes.push([asset.file, size])
    total += size
  }
}
sizes.sort((a, b) => b[1] - a[1])
for (const [file, size] of sizes) console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  ${file}`)
console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  first page over the wire (brotli), budget ${budget / 1000} kB`)
if (total > budget) process.exit(1)

// Runs dependency-cruiser over src and refuses to pass when it inspected nothing.
import { spawnSync } from 'node:child_process'

const run = spawnSync('npx', ['depcruise', 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'], {
  encoding: 'utf8',
  maxBuffer: 256 * 1024 * 1024,
})
if (run.error) throw run.error
const { summary } = JSON.parse(run.stdout)
for (const violation of summary.violations) console.error(`${violation.rule.name}: ${violation.from} → ${violation.to}`)
console.log(`${summary.totalCruised} modules inspected, ${summary.violations.length} against the layers`)
if (summary.totalCruised === 0 || summary.violations.length > 0) process.exit(1)

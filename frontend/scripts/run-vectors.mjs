// Reads a world and then vectors, a line of JSON each, and writes a line of JSON for every vector.
import { createInterface } from 'node:readline'
import { answering } from '../src/testing/formula-vectors.ts'

let answer = null
const answers = []
for await (const line of createInterface({ input: process.stdin })) {
  const read = JSON.parse(line)
  if (answer === null) answer = answering(read)
  else answers.push(JSON.stringify(answer(read)))
}
process.stdout.write(answers.map((one) => `${one}\n`).join(''))

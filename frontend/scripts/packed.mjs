// Writes a brotli and a gzip twin beside every file worth it, so that serving them costs no processor time.
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const worthIt = /\.(js|css|html|svg|json|webmanifest|txt)$/
const smallest = 1024

async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile() && worthIt.test(entry.name)).map((entry) => join(entry.parentPath, entry.name))
}

async function packOne(file) {
  const body = await readFile(file)
  if (body.length < smallest) return
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }
  await writeFile(`${file}.br`, await promisify(brotliCompress)(body, options))
  await writeFile(`${file}.gz`, await promisify(gzip)(body, { level: 9 }))
}

/** Runs last, after the service worker has been written. */
export function packed() {
  let folder = 'dist'
  return {
    name: 'packed',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = config.build.outDir
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        await Promise.all((await filesBelow(folder)).map(packOne))
      },
    },
  }
}

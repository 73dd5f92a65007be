// A client of PouchDB: node client.js DIR RECORDS. It reads one command a line,
// [name, url], and answers each with a line of JSON: how many documents, and
// how many milliseconds.
//
//   push URL    puts all records to the server, 1,000 in a request
//   pull URL    fills the local database, or brings it up to date
//   edit N URL  changes N local documents, then pushes them
const path = require('path')
const fs = require('fs')
const readline = require('readline')
const [dir, file] = process.argv.slice(2)
fs.mkdirSync(dir, { recursive: true })
const PouchDB = require('pouchdb').defaults({ prefix: path.resolve(dir) + path.sep })
const batch = 1000

const commands = {
  async push (url) {
    const remote = new PouchDB(url)
    await remote.info()
    let docs = []
    let all = 0
    const begun = performance.now()
    for await (const line of readline.createInterface({ input: fs.createReadStream(file) })) {
      docs.push(JSON.parse(line))
      if (docs.length === batch) {
        await remote.bulkDocs(docs)
        all += docs.length
        docs = []
      }
    }
    if (docs.length > 0) await remote.bulkDocs(docs)
    return { docs: all + docs.length, ms: performance.now() - begun }
  },
  async pull (url) {
    const local = new PouchDB('local')
    const begun = performance.now()
    const done = await local.replicate.from(new PouchDB(url), { batch_size: batch, batches_limit: 10 })
    return { docs: done.docs_written, ms: performance.now() - begun }
  },
  async edit (n, url) {
    const local = new PouchDB('local')
    const found = await local.allDocs({ limit: Number(n), include_docs: true })
    await local.bulkDocs(found.rows.map(r => ({ ...r.doc, title: r.doc.title + '*' })))
    const begun = performance.now()
    const done = await local.replicate.to(new PouchDB(url), { batch_size: batch, batches_limit: 10 })
    return { docs: done.docs_written, ms: performance.now() - begun }
  }
}

async function main () {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [name, ...args] = line.split(' ')
    console.log(JSON.stringify(await commands[name](...args)))
  }
  process.exit(0)
}
main().catch(err => { console.error(err); process.exit(1) })

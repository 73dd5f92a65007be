// A CouchDB-like server of PouchDB's own: node server.js DIR. It prints the
// port that it listens on.
const path = require('path')
const fs = require('fs')
const dir = path.resolve(process.argv[2])
fs.mkdirSync(dir, { recursive: true })
process.chdir(dir) // express-pouchdb writes a log where it stands
const PouchDB = require('pouchdb').defaults({ prefix: dir + path.sep })
const app = require('express')()
app.use('/', require('express-pouchdb')(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true }))
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port))

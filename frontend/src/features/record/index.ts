/** Records one at a time: their page, their drawer, the form for a new one. */
export { CreateDrawer } from './CreateDrawer'
export { RecordDrawer } from './RecordDrawer'
export { RecordPage } from './RecordPage'

/** Lists of records: views, tools, and what stands around them. */
export { ListPage } from './ListPage'

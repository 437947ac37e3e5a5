export { ObjectPage } from './ObjectPage'
export { ObjectsPage } from './ObjectsPage'

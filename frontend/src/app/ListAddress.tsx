/** The list of one object, with the drawers of its records. */
import { useParams } from 'react-router'
import { ListPage } from '@/features/list'
import { CreateDrawer, RecordDrawer } from './pages'

export function ListAddress() {
  const { object = '' } = useParams()
  return <ListPage object={object} RecordDrawer={RecordDrawer} CreateDrawer={CreateDrawer} />
}

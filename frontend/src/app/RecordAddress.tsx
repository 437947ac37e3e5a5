/** The page of one record. */
import { useParams } from 'react-router'
import { RecordPage } from './pages'

export function RecordAddress() {
  const { object = '', id = '' } = useParams()
  return <RecordPage key={`${object}:${id}`} object={object} id={id} />
}

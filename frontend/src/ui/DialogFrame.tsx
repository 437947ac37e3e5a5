/** The frame of a dialog: Ant Design's. */
export { Modal as DialogFrame } from 'antd'

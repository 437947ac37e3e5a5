/** The frame of a sheet, and of whatever else slides in from an edge: Ant Design's drawer. */
export { Drawer as SheetFrame } from 'antd'

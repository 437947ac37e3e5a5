/** The icon of an object, by the name its definition gives; an unknown name shows a plain box. */
import {
  Activity, AppWindow, Archive, BadgeCheck, Banknote, BarChart3, Bell, Book, Bookmark, Box, Boxes, Briefcase, Building, Building2, Calendar,
  CalendarCheck, Car, CircleDollarSign, Clipboard, ClipboardList, Clock, Cloud, Cog, Contact, CreditCard, Database, Factory, FileCheck, FileText,
  Flag, FlaskConical, Folder, Gauge, Gem, Gift, Globe, GraduationCap, Hammer, Handshake, HardDrive, Headphones, Heart, Home, Hotel, Image, Inbox,
  Key, Landmark, Laptop, Layers, Leaf, LifeBuoy, Lightbulb, Link2, ListChecks, Magnet, Mail, Map as MapIcon, MapPin, Megaphone, MessageSquare, Microscope,
  Monitor, Network, Newspaper, Package, PackageOpen, Palette, PenLine, Percent, Phone, PieChart, Plane, Plug, Printer, Puzzle, Receipt, Rocket,
  Route, Ruler, Scale, School, Server, Settings, Shield, ShoppingBag, ShoppingCart, Smartphone, Star, Stethoscope, Store, Tag, Target,
  Ticket, Timer, TrendingUp, Trophy, Truck, User, UserCheck, UserPlus, Users, Wallet, Warehouse, Waves, Wrench, Zap,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { asHue } from './hue'
import styles from './ObjectIcon.module.css'

export const objectIcons: Readonly<Record<string, LucideIcon>> = {
  activity: Activity, 'app-window': AppWindow, archive: Archive, 'badge-check': BadgeCheck, banknote: Banknote, 'bar-chart-3': BarChart3, bell: Bell,
  book: Book, bookmark: Bookmark, box: Box, boxes: Boxes, briefcase: Briefcase, building: Building, 'building-2': Building2, calendar: Calendar,
  'calendar-check': CalendarCheck, car: Car, 'circle-dollar-sign': CircleDollarSign, clipboard: Clipboard, 'clipboard-list': ClipboardList,
  clock: Clock, cloud: Cloud, cog: Cog, contact: Contact, 'credit-card': CreditCard, database: Database, factory: Factory, 'file-check': FileCheck,
  'file-text': FileText, flag: Flag, 'flask-conical': FlaskConical, folder: Folder, gauge: Gauge, gem: Gem, gift: Gift, globe: Globe,
  'graduation-cap': GraduationCap, hammer: Hammer, handshake: Handshake, 'hard-drive': HardDrive, headphones: Headphones, heart: Heart, home: Home,
  hotel: Hotel, image: Image, inbox: Inbox, key: Key, landmark: Landmark, laptop: Laptop, layers: Layers, leaf: Leaf, 'life-buoy': LifeBuoy,
  lightbulb: Lightbulb, 'link-2': Link2, 'list-checks': ListChecks, magnet: Magnet, mail: Mail, map: MapIcon, 'map-pin': MapPin, megaphone: Megaphone,
  'message-square': MessageSquare, microscope: Microscope, monitor: Monitor, network: Network, newspaper: Newspaper, package: Package,
  'package-open': PackageOpen, palette: Palette, 'pen-line': PenLine, percent: Percent, phone: Phone, 'pie-chart': PieChart, plane: Plane, plug: Plug,
  printer: Printer, puzzle: Puzzle, receipt: Receipt, rocket: Rocket, route: Route, ruler: Ruler, scale: Scale, school: School, server: Server,
  settings: Settings, shield: Shield, 'shopping-bag': ShoppingBag, 'shopping-cart': ShoppingCart, smartphone: Smartphone, star: Star,
  stethoscope: Stethoscope, store: Store, tag: Tag, target: Target, ticket: Ticket, timer: Timer, 'trending-up': TrendingUp, trophy: Trophy,
  truck: Truck, user: User, 'user-check': UserCheck, 'user-plus': UserPlus, users: Users, wallet: Wallet, warehouse: Warehouse, waves: Waves,
  wrench: Wrench, zap: Zap,
}

export interface ObjectIconProps {
  icon: string | null | undefined
  /** With a hue the icon stands in a tinted square; without, it is a line drawing in the colour of its text. */
  color?: string | null
  size?: number
}

export function ObjectIcon({ icon, color, size = 16 }: ObjectIconProps) {
  const Icon = objectIcons[icon ?? ''] ?? Box
  if (!color) return <Icon size={size} aria-hidden />
  const hue = asHue(color)
  return (
    <span
      className={styles.square}
      aria-hidden
      style={{ width: size, height: size, background: `var(--chip-${hue}-background)`, color: `var(--chip-${hue}-text)` }}
    >
      <Icon size={Math.round(size * 0.56)} />
    </span>
  )
}

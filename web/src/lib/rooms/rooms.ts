import type { IconName } from '#lib/ui/icons.ts';

/** A room of staff or of a vendor's people in the side navigation. Its words are `rooms.<name>`. */
export interface Room {
  name:
    'topUps' | 'complaints' | 'people' | 'deliveries' | 'audit' | 'vendorComplaints' | 'vendorCalls' | 'desk';
  href: string;
  icon: IconName;
  for: readonly ('staff' | 'manager' | 'agent')[];
}

export const rooms: readonly Room[] = [
  { name: 'topUps', href: '/staff/top-ups', icon: 'wallet', for: ['staff'] },
  { name: 'complaints', href: '/staff/complaints', icon: 'message-square', for: ['staff'] },
  { name: 'people', href: '/staff/people', icon: 'user', for: ['staff'] },
  { name: 'deliveries', href: '/staff/deliveries', icon: 'mail', for: ['staff'] },
  { name: 'audit', href: '/staff/audit', icon: 'clipboard-list', for: ['staff'] },
  { name: 'desk', href: '/agent', icon: 'headset', for: ['agent'] },
  { name: 'vendorCalls', href: '/vendor/calls', icon: 'phone', for: ['manager'] },
  { name: 'vendorComplaints', href: '/vendor/complaints', icon: 'message-square', for: ['manager', 'agent'] },
];

/** Returns the rooms of a role. */
export const roomsOf = (role: string): Room[] =>
  rooms.filter((room) => (room.for as readonly string[]).includes(role));

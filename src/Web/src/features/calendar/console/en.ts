export const en = {
  caption: 'Events of the client',
  title: 'Event',
  starts: 'Starts',
  kind: 'Kind',
  project: 'Project',
  shared: 'In the portal',
  isShared: 'Shared',
  isNotShared: 'Not shared',
  none: 'No events yet',
  kinds: { MEETING: 'Meeting', MILESTONE: 'Milestone', DEADLINE: 'Deadline', OTHER: 'Event' },
};

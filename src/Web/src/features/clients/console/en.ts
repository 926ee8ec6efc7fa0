export const en = {
  clients: 'Clients',
  search: 'Search by name or number',
  caption: 'Clients by name',
  name: 'Name',
  number: 'Number',
  contacts: 'Contacts',
  status: 'Status',
  internal: 'Internal',
  none: 'No client fits',
  profile: 'Profile and sessions',
};

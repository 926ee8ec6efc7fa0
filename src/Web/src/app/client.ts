import { Client, fetchExchange, mapExchange, subscriptionExchange, type TypedDocumentNode } from '@urql/core';
import { cacheExchange, type KeyingConfig, type UpdatesConfig } from '@urql/exchange-graphcache';
import { persistedExchange } from '@urql/exchange-persisted';
import schema from '@/graphql/schema.json';
import { keepExchange } from './keepExchange';
import { settings } from './settings';
import { createSocket, type Socket } from './socket';

const endpoint = new URL(`${settings.base}graphql`, location.origin);

// Values, and what belongs to its parent alone: they have no id to be found by.
const unkeyed = [
  'Portal', 'Dashboard', 'Money', 'OutstandingByAge', 'InvoiceLine', 'InvitationPage', 'InvitationSummary', 'ContactInvitation', 'KindAccess',
  'KindVisibility', 'AccessExplanation', 'Membership', 'AccountLink', 'BulkInvitationRow',
];
const keys: KeyingConfig = Object.fromEntries(unkeyed.map((name) => [name, () => null]));
keys.AccessPreset = (preset) => preset.name as string;

// What a mutation changes beyond the objects that it answers with: these lists are read anew.
const afterwards: Record<string, string[]> = {
  endSession: ['viewer'],
  changePassword: ['viewer'],
  createClient: ['clients'],
  createContact: ['contacts', 'clients', 'invitationSummary'],
  removeContact: ['contacts', 'invitationSummary'],
  addStaffMember: ['staff'],
  inviteContact: ['invitationSummary', 'emails'],
  resendInvitation: ['emails'],
  revokeInvitation: ['invitationSummary'],
  revokePortalAccess: ['invitationSummary'],
  inviteContacts: ['invitationSummary', 'emails'],
};
const updates: UpdatesConfig = {
  Mutation: Object.fromEntries(
    Object.entries(afterwards).map(([mutation, fields]) => [
      mutation,
      (_result, _args, cache) => {
        for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
          if (fields.includes(fieldName)) cache.invalidate('Query', fieldName, args);
        }
      },
    ]),
  ),
};

const sockets = new WeakMap<Client, Socket>();

/** The socket over which a client listens. */
export const socketOf = (client: Client) => sockets.get(client) as Socket; // each was made below

/** Talks to the API as whoever the cookie says. A new one knows nothing: made whenever somebody else is signed in. */
export function createClient(onSessionEnd: (client: Client) => void): Client {
  const socket = createSocket(endpoint.href.replace(/^http/, 'ws'));
  const client: Client = new Client({
    url: endpoint.href,
    preferGetMethod: false,
    // Required by the host of whatever carries a cookie: no other site's page can send it.
    fetchOptions: { headers: { 'GraphQL-Preflight': '1', accept: 'application/graphql-response+json, application/json' } },
    exchanges: [
      mapExchange({
        onError(error) {
          if (error.response?.status === 401) onSessionEnd(client);
        },
      }),
      keepExchange,
      cacheExchange({ schema, keys, updates }),
      ...(import.meta.env.DEV ? [] : [trustedDocuments()]),
      subscriptionExchange({
        forwardSubscription: ({ query, variables, extensions }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe(
              { query: query ?? '', // the hash says which; the socket's client wants a text
                ...(variables && { variables }), ...(extensions && { extensions }) },
              sink as never, // the same but for how they write what may be missing
            ),
          }),
        }),
      }),
      fetchExchange,
    ],
  });
  sockets.set(client, socket);
  return client;
}

/** Sends the hash alone: the host knows the document, for it was built with this page. */
function trustedDocuments() {
  return persistedExchange({
    preferGetForPersistedQueries: false, // what is asked for, the secrets of mailed links among it, must not stand in addresses
    enforcePersistedQueries: true,
    enableForMutation: true,
    enableForSubscriptions: true,
    generateHash: async (_query, document) => (document as TypedDocumentNode & { __meta__: { hash: string } }).__meta__.hash,
  });
}

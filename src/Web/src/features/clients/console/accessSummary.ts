import type { RecordKind, Visibility } from '@/graphql/console/graphql';

type Seen = readonly { kind: RecordKind; visibility: Visibility }[];

/** The kinds that the portal shows so far; the others can be set for the day it does. */
export const shownKinds: readonly RecordKind[] = ['INVOICE', 'PAYMENT', 'TICKET', 'PROJECT', 'EVENT'];

/** The preset that an access is, if it is one. */
export function presetOf<Preset extends { access: Seen }>(access: Seen, presets: readonly Preset[]): Preset | undefined {
  const seen = new Map(access.map((a) => [a.kind, a.visibility]));
  return presets.find((preset) => preset.access.every((a) => seen.get(a.kind) === a.visibility));
}

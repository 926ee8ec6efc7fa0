// Types and documents from the schema and the queries in the sources: one folder for what the portal loads, one for the console,
// so that neither loads the other's. Writes the documents by their SHA-256, too: what the host may be told to run, and nothing else.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { getIntrospectedSchema, minifyIntrospectionQuery } from '@urql/introspection';
import { buildSchema, introspectionFromSchema, Kind, parse, visit } from 'graphql';

const root = fileURLToPath(new URL('..', import.meta.url));
const sdl = readFileSync(`${root}../../schema.graphql`, 'utf8');
const schemaAst = buildSchema(sdl);
const sources = readdirSync(`${root}src`, { recursive: true })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && !path.startsWith('graphql/'))
  .sort();

/** The cache asks for the type of every object, so what is trusted has to ask for it, too. */
function withTypeNames(document) {
  return visit(document, {
    SelectionSet(node, _key, parent) {
      const asked = node.selections.some((s) => s.kind === Kind.FIELD && s.name.value === '__typename');
      return asked || parent.kind === Kind.OPERATION_DEFINITION
        ? undefined
        : { ...node, selections: [...node.selections, { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }] };
    },
  });
}

function documentsOf(paths) {
  return paths.flatMap((path) =>
    [...readFileSync(`${root}src/${path}`, 'utf8').matchAll(/\bgraphql\(\s*`([^`]*)`/g)].map(([, rawSDL]) => ({
      location: path,
      rawSDL,
      document: withTypeNames(parse(rawSDL)),
    })),
  );
}

async function generate(area, paths) {
  const folder = `${root}src/graphql/${area}/`;
  const outputs = await preset.buildGeneratesSection({
    baseOutputDir: folder,
    schema: parse(sdl),
    schemaAst,
    documents: documentsOf(paths),
    config: {
      enumsAsTypes: true,
      useTypeImports: true,
      avoidOptionals: { field: true },
      scalars: {
        ID: 'string',
        Date: 'string',
        DateTime: 'string',
        Decimal: 'number',
        EmailAddress: 'string',
        CurrencyCode: 'string',
        URL: 'string',
      },
    },
    presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: (text) => createHash('sha256').update(text).digest('hex') } },
    plugins: [],
    pluginMap: {},
    pluginContext: {},
  });
  mkdirSync(folder, { recursive: true });
  const written = await Promise.all(
    outputs.map(async (output) => {
      const text = await codegen(output);
      writeFileSync(output.filename, text);
      return output.filename.endsWith('.json') ? JSON.parse(text) : {};
    }),
  );
  return Object.assign({}, ...written);
}

const isConsole = (path) => path.includes('/console/') || path === 'app/console.tsx';
const trusted = {
  ...(await generate(
    'portal',
    sources.filter((path) => !isConsole(path)),
  )),
  ...(await generate('console', sources.filter(isConsole))),
};
writeFileSync(`${root}src/graphql/trusted-documents.json`, `${JSON.stringify(trusted, null, 1)}\n`);
const introspection = minifyIntrospectionQuery(getIntrospectedSchema(introspectionFromSchema(schemaAst)));
writeFileSync(`${root}src/graphql/schema.json`, JSON.stringify(introspection));

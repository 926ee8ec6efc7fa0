// Builds the front end once for one state of its sources: the .NET build calls this each time, and a state that was built is left
// alone. Builds at the same time take turns. `dist` appears whole or not at all.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const lock = 'build.lock';
let holdsLock = false;

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node.js 20.19 or newer is needed to build the front end; this is ${process.versions.node}.`);
}

await takeTurn();
try {
  const state = hashOf([
    '../../schema.graphql',
    'package.json',
    'package-lock.json',
    'index.html',
    'vite.config.ts',
    'tsconfig.json',
    'eslint.config.js',
    ...below('public'),
    ...below('scripts'),
    ...below('src'),
  ]);
  if (!existsSync('dist/.state') || readFileSync('dist/.state', 'utf8') !== state) {
    build(state);
  }
} finally {
  rmSync(lock, { force: true });
}

function build(state) {
  const packages = hashOf(['package-lock.json']);
  const installed = 'node_modules/.state';
  if (!existsSync(installed) || readFileSync(installed, 'utf8') !== packages) {
    npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
    writeFileSync(installed, packages);
  }

  node('scripts/codegen.mjs');
  npm('run', '--silent', 'check');
  rmSync('dist.new', { recursive: true, force: true });
  node('node_modules/vite/bin/vite.js', 'build', '--outDir', 'dist.new', '--logLevel', 'warn');
  for (const file of below('dist.new').filter((path) => /\.(js|css|html|json|svg)$/.test(path) && !path.endsWith('index.html'))) {
    const content = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
  }
  writeFileSync('dist.new/trusted-documents.json', readFileSync('src/graphql/trusted-documents.json'));
  writeFileSync('dist.new/.state', state);
  rmSync('dist', { recursive: true, force: true });
  renameSync('dist.new', 'dist');
}

/** What is generated from the rest is no part of the state. */
function below(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('src/graphql/'))
    .sort();
}

function hashOf(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) {
    hash.update(path).update(readFileSync(path));
  }
  return hash.digest('hex');
}

function node(...args) {
  run(process.execPath, args);
}

function npm(...args) {
  const windows = process.platform === 'win32';
  run(windows ? 'cmd.exe' : 'npm', windows ? ['/c', 'npm', ...args] : args);
}

function run(program, args) {
  try {
    execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 });
  } catch (error) {
    process.stdout.write(`${error.stdout ?? ''}${error.stderr ?? ''}`);
    fail(`${args.join(' ')}: the front end does not build.`);
  }
}

function fail(message) {
  if (holdsLock) rmSync(lock, { force: true });
  console.error(`error WEB0001: ${message}`);
  process.exit(1);
}

async function takeTurn() {
  const deadline = Date.now() + 300_000;
  while (Date.now() < deadline) {
    try {
      const file = openSync(lock, 'wx');
      writeFileSync(file, `${process.pid}`);
      closeSync(file);
      holdsLock = true;
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      dropLockOfTheDead();
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  console.error(`error WEB0001: Another build of the front end holds ${root}${lock}; remove it when there is none.`);
  process.exit(1);
}

function dropLockOfTheDead() {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    if (owner ? !isAlive(owner) : Date.now() - statSync(lock).mtimeMs > 5_000) {
      rmSync(lock, { force: true });
    }
  } catch {
    // It is gone by itself.
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

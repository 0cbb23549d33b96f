/**
 * Makes package-lock.json name every platform's build of a package, also those that the registry at hand does not hold.
 * `npm install` leaves such builds out and `npm ci` then refuses the lock file. Run it after `npm install`; a test
 * tells when it is needed. Without a checksum npm still fetches the named version on the platform that wants it.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const CPUS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64'];
const SYSTEMS = ['darwin', 'linux', 'win32', 'freebsd', 'android', 'openharmony'];

/** The entry's place beside the package that wants it, as npm lays it out. */
const besides = (path, name) => {
  const scope = path.slice(0, path.lastIndexOf('node_modules/'));
  return `${scope}node_modules/${name}`;
};

const isLocked = (packages, path, name) => {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
};

/** Optional packages that a locked package wants and the lock file does not name: `[path of the wanting one, name, version]`. */
export function missingBuilds(packages) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isLocked(packages, path, name))
      .map(([name, version]) => [path, name, version]),
  );
}

function entry(name, version, dev) {
  const words = name.split('/').at(-1).split('-');
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = CPUS.filter((kind) => words.includes(kind));
  if (!/^\d+\.\d+\.\d+$/.test(version) || os.length !== 1 || cpu.length !== 1) {
    throw new Error(`${name}@${version} is no build for one platform: complete the lock file by hand`);
  }
  return { version, cpu, ...(dev ? { dev } : {}), optional: true, os };
}

function complete(file) {
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingBuilds(lock.packages);
  for (const [path, name, version] of missing) {
    lock.packages[besides(path, name)] = entry(name, version, lock.packages[path].dev);
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.log(`package-lock.json: ${missing.length} builds for other platforms added`);
}

if (process.argv[1] === import.meta.filename) complete('package-lock.json');

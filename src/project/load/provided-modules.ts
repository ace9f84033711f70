import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OnLoadResult, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from 'esbuild';

/** A module's exports. */
export type Namespace = Readonly<Record<string, unknown>>;

/** Specifier → what imports the library that runs, so that definitions get the very same one. */
export type Library = Readonly<Record<string, () => Promise<Namespace>>>;

/** The name under which the bundle finds what it was provided with. */
export const PROVIDED = '__dashwright_provided';

const NAMESPACE = 'package';
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const RESERVED: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof var void while with yield'
  ).split(' '),
);

/**
 * Packages are not bundled but imported by Node and handed in, so that there is one instance of each: an
 * author's `dashwright` is the one that is running. The bundler knows their exports all the same, and so
 * points at an import of a name that is not there. Packages of definitions, those that depend on this one, are
 * bundled like the author's own files: Node would give them an instance of their own.
 *
 * @param library what the definitions import by the package's own name
 * @param provided is filled with every package that the definitions import
 */
export function providedModules(library: Library, provided: Map<string, Namespace>): Plugin {
  return {
    name: 'provided-modules',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, (args) => resolvePackage(build, library, args));
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => loadPackage(path, library, provided));
    },
  };
}

const RESOLVING = Symbol('resolving');

async function resolvePackage(
  build: PluginBuild,
  library: Library,
  args: OnResolveArgs,
): Promise<OnResolveResult | undefined> {
  const { path, importer, resolveDir, kind, pluginData } = args;
  if (pluginData === RESOLVING || kind === 'entry-point') return undefined;
  if (path in library) return { path, namespace: NAMESPACE };
  if (path.startsWith('node:') || builtinModules.includes(path)) return { path, namespace: NAMESPACE };
  const found = await build.resolve(path, { importer, resolveDir, kind, pluginData: RESOLVING });
  if (found.errors.length > 0) return { errors: found.errors };
  const installed = found.namespace === 'file' && found.path.split(sep).includes('node_modules');
  if (!installed || found.path.endsWith('.json') || holdsDefinitions(found.path, library)) return undefined;
  return { path: pathToFileURL(found.path).href, namespace: NAMESPACE };
}

const PACKAGE = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;

/** The package of a file depends on the library. */
function holdsDefinitions(path: string, library: Library): boolean {
  const file = join(PACKAGE.exec(path)?.[0] ?? '', 'package.json');
  if (!existsSync(file)) return false;
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(file, 'utf8')) as Partial<
    Record<'dependencies' | 'peerDependencies', Readonly<Record<string, string>>>
  >;
  return Object.keys({ ...dependencies, ...peerDependencies }).some((name) => name in library);
}

async function loadPackage(path: string, library: Library, provided: Map<string, Namespace>): Promise<OnLoadResult> {
  let namespace: Namespace;
  try {
    namespace = await (library[path]?.() ?? (import(path) as Promise<Namespace>));
  } catch (error) {
    return { errors: [{ text: `Cannot load the package: ${error instanceof Error ? error.message : String(error)}` }] };
  }
  provided.set(path, namespace);
  return { contents: reExports(path, Object.keys(namespace)), loader: 'js' };
}

function reExports(path: string, names: readonly string[]): string {
  const lines = names.map((name) => {
    const local = IDENTIFIER.test(name) && !RESERVED.has(name) ? name : `_${name.replaceAll(/[^\w$]/g, '_')}`;
    return `const ${local} = provided[${JSON.stringify(name)}]; export { ${local} as ${JSON.stringify(name)} };`;
  });
  return [`const provided = ${PROVIDED}.get(${JSON.stringify(path)});`, ...lines].join('\n');
}

/**
 * The entries of a lock file, by their places in it, that packages lead to: what they depend on, for every platform, and the peers that they must
 * have.
 */
export function neededPackages(lock, ids) {
  const needed = new Map();
  const open = ids.map((id) => locate(lock, id, ''));
  while (open.length > 0) {
    const place = open.pop();
    if (needed.has(place)) continue;
    const entry = lock.packages[place];
    needed.set(place, entry);
    const {
      dependencies = {},
      optionalDependencies = {},
      peerDependencies = {},
      peerDependenciesMeta = {},
    } = entry;
    const peers = Object.keys(peerDependencies).filter((id) => peerDependenciesMeta[id]?.optional !== true);
    for (const id of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) {
      const found = locate(lock, id, place, id in optionalDependencies);
      if (found !== undefined) open.push(found);
    }
  }
  return new Map([...needed].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where a package finds another: in its own folder, or in one further up. */
function locate(lock, id, from, isOptional = false) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = folder === '' ? `node_modules/${id}` : `${folder}/node_modules/${id}`;
    if (place in lock.packages) return place;
    if (folder === '' && isOptional) return undefined;
    if (folder === '') throw new Error(`${id}, needed by ${from || 'us'}, is not in package-lock.json`);
  }
}

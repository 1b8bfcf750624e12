/** A hook for Node's module loader: what a module with a version imports from its own folder has that version too. */

interface Resolved {
  readonly url: string
}

type NextResolve = (specifier: string, context: unknown) => Promise<Resolved>

export async function resolve(
  specifier: string,
  context: { readonly parentURL?: string },
  next: NextResolve,
): Promise<Resolved> {
  const resolved = await next(specifier, context)
  const version = /\?version=\d+$/.exec(context.parentURL ?? '')?.[0]
  if (version === undefined || !/^\.{1,2}\//.test(specifier) || resolved.url.includes('?')) return resolved
  return { ...resolved, url: `${resolved.url}${version}` }
}

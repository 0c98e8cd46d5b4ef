import type { Recipe } from './recipe.ts';
import { lines } from './text.ts';

const listed = (values: readonly string[]): string => `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;

/** A Bake file: one target for each program, and one that holds what they share. */
export const bakeText = (recipe: Recipe): string => {
  const { programs, credentials, versionVariables, reproducible, namedContexts } = recipe;
  const platforms = [...recipe.platforms, ...recipe.emulated];
  const several = programs.length > 1;
  const names = programs.map(({ name }) => name.toLowerCase());
  const targets = names.map(
    (name) => lines`
    target "${name}" {
      inherits = ["_common", "docker-metadata-action"]
      ${several ? `target = "${name}"` : undefined}
      tags = ["${name}:\${VERSION}"]
    }
  `,
  );
  const contexts = namedContexts.map(({ name, folder }) => `    ${JSON.stringify(name)} = ${JSON.stringify(folder)}`);
  return lines`
    variable "VERSION" {
      default = "dev"
    }

    ${credentials === 'netrc' ? ['variable "HOME" {', '  default = null', '}', ''] : undefined}
    group "default" {
      targets = ${listed(names)}
    }

    target "docker-metadata-action" {}

    target "_common" {
      context = "."
      ${platforms.length > 0 ? `platforms = ${listed(platforms)}` : undefined}
      ${versionVariables.length > 0 ? ['  args = {', '    VERSION = VERSION', '  }'] : undefined}
      ${contexts.length > 0 ? ['  contexts = {', ...contexts, '  }'] : undefined}
      ${credentials === 'netrc' ? `secret = ["id=netrc,src=\${HOME}/.netrc"]` : undefined}
      ${credentials === 'ssh' ? 'ssh = ["default"]' : undefined}
      ${reproducible ? 'output = ["type=image,rewrite-timestamp=true"]' : undefined}
    }

    ${targets.join('\n').trimEnd().split('\n')}
  `;
};

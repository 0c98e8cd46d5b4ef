import type { FinalBase } from '../protocol.ts';
import { commentsIn } from './comments.ts';
import { copyLine, type Program, type Recipe } from './recipe.ts';
import { rootOf } from './root-tree.ts';
import { installLines } from './run-lines.ts';
import { lines } from './text.ts';

const certificateFile = '/etc/ssl/certs/ca-certificates.crt';
const zoneFile = '/usr/local/go/lib/time/zoneinfo.zip';

const when = <T>(condition: boolean, value: T): T | undefined => (condition ? value : undefined);

/** How each base gets an entry for user 65532; distroless and Chainguard have one. */
const entry: Readonly<Partial<Record<FinalBase, string>>> = {
  scratch: 'COPY --from=build /out/passwd /etc/passwd',
  alpine: 'RUN adduser -D -H -u 65532 nonroot',
  debian: 'RUN useradd --uid 65532 --no-create-home nonroot',
};

const labelLines = ({ labels }: Program): readonly string[] | undefined => {
  if (labels.length === 0) return undefined;
  const written = labels.map(([key, value]) => `org.opencontainers.image.${key}=${JSON.stringify(value)}`);
  return written.map((line, at) => `${at === 0 ? 'LABEL ' : '      '}${line}${at === written.length - 1 ? '' : ' \\'}`);
};

const healthLine = ({ healthcheck, port }: Program, path: string): string | undefined => {
  if (!healthcheck) return undefined;
  const words =
    'argument' in healthcheck
      ? [path, healthcheck.argument]
      : ['wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${port ?? '8080'}${healthcheck.route}`];
  return `HEALTHCHECK --interval=30s --timeout=3s CMD [${words.map((word) => JSON.stringify(word)).join(', ')}]`;
};

/** What is copied one by one, each with its reason. */
const copies = (recipe: Recipe, program: Program): readonly string[] => {
  const says = commentsIn(recipe.language, recipe.comments);
  const { base } = recipe;
  const { certificates, zones, passwd, temp, runtimeFiles, output, path } = program;
  const text = lines`
    ${says('certificates', certificates === 'yes')}
    ${says('certificatesMaybe', certificates === 'unknown')}
    ${when(certificates !== 'no', `COPY --from=build ${certificateFile} ${certificateFile}`)}
    ${says('zones', zones === 'yes')}
    ${says('zonesMaybe', zones === 'unknown')}
    ${when(zones !== 'no', `COPY --from=build ${zoneFile} /usr/local/share/zoneinfo.zip`)}
    ${when(zones !== 'no', zoneinfo)}
    ${says('passwd', passwd)}
    ${when(passwd, entry[base] ?? '')}
    ${says('temp', temp)}
    ${when(temp, 'COPY --from=build --chown=65532:65532 /out/tmp /tmp')}
    ${says('runtimeFiles', runtimeFiles.length > 0)}
    ${when(runtimeFiles.length > 0, 'WORKDIR /app')}
    ${runtimeFiles.map((file) => copyLine([file], `/app/${file}`))}
    ${copyLine([output], path, '--from=build')}
  `;
  return text.trimEnd().split('\n');
};

const zoneinfo = 'ENV ZONEINFO=/usr/local/share/zoneinfo.zip';

/** Everything at once, with the times that it has in the build stage. */
const tree = (recipe: Recipe, program: Program): readonly string[] => [
  ...(program.passwd && recipe.base !== 'scratch' ? [entry[recipe.base] ?? ''] : []),
  copyLine([rootOf(recipe, program)], '/', '--from=build'),
  ...(program.zones === 'no' ? [] : [zoneinfo]),
  ...(program.runtimeFiles.length > 0 ? ['WORKDIR /app'] : []),
];

/** The image of one program. */
export const lastStage = (recipe: Recipe, program: Program): string => {
  const says = commentsIn(recipe.language, recipe.comments);
  const { base, programs, reproducible } = recipe;
  const { final, name, path, runPackages, port, passwd, healthcheck } = program;
  const several = programs.length > 1;
  const nonroot = base.startsWith('distroless') || base.startsWith('chainguard');
  return lines`
    ${says('target', several, { name })}
    FROM ${final}${several ? ` AS ${name.toLowerCase()}` : ''}
    ${labelLines(program)}
    ${says('runPackages', runPackages.length > 0)}
    ${installLines(base === 'alpine', runPackages)}
    ${reproducible ? tree(recipe, program) : copies(recipe, program)}
    ${says('number', !nonroot && passwd)}
    ${says('numberAlone', !nonroot && !passwd)}
    ${when(!nonroot, 'USER 65532:65532')}
    ${port === undefined ? undefined : `EXPOSE ${port}`}
    ${says('ownHealth', healthcheck !== undefined && 'argument' in healthcheck)}
    ${healthLine(program, path)}
    ENTRYPOINT [${JSON.stringify(path)}]
  `;
};

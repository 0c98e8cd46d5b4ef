import type { Instruction } from '../../analysis/dockerfile/model.ts';
import { knownValue } from '../../analysis/known.ts';
import { copyLine, type Program, type Recipe } from '../recipe.ts';
import { lines } from '../text.ts';
import type { Author } from './author.ts';
import { lastFateOf } from './sort-last.ts';
import { commentsAbove } from './texts.ts';

const certificateFile = '/etc/ssl/certs/ca-certificates.crt';
const zoneFile = '/usr/local/go/lib/time/zoneinfo.zip';

/** What the program needs and neither the image nor the author brings. */
const missing = (
  author: Author,
  recipe: Recipe,
  { certificates, zones, temp, passwd }: Program,
  from: string,
): readonly string[] => {
  const { last, single } = author;
  const lacks = (path: string): boolean => single || last.lookup(path).state === 'absent';
  const zoned =
    !single &&
    last.stage.instructions.some((each) => each.keyword === 'COPY' && /zoneinfo/.test(each.sources[0]?.raw ?? ''));
  return [
    ...(certificates === 'yes' && lacks(certificateFile)
      ? [`COPY --from=${from} ${certificateFile} ${certificateFile}`]
      : []),
    ...(zones === 'yes' && !zoned && lacks('/usr/share/zoneinfo')
      ? [`COPY --from=${from} ${zoneFile} /usr/local/share/zoneinfo.zip`, 'ENV ZONEINFO=/usr/local/share/zoneinfo.zip']
      : []),
    ...(temp && lacks('/tmp') ? [`COPY --from=${from} --chown=65532:65532 /out/tmp /tmp`] : []),
    ...(passwd && recipe.base === 'scratch' && lacks('/etc/passwd')
      ? [`COPY --from=${from} /out/passwd /etc/passwd`]
      : []),
  ];
};

const isRootUser = (author: Author): boolean => {
  const user = knownValue(author.last.user);
  return user === undefined || /^(?:root|0)(?::|$)/.test(user);
};

/** The image already has a user of its own. */
const nonroot = ({ final }: Program): boolean => /:(?:debug-)?nonroot\b|^cgr\.dev\/chainguard\/static/.test(final);

const comesAtEnd = ({ keyword }: Instruction): boolean =>
  /^(?:ENTRYPOINT|CMD|EXPOSE|HEALTHCHECK|STOPSIGNAL)$/.test(keyword);

/** A relative program, or files that it opens, are looked for where the author's WORKDIR was. */
const workdirLine = (author: Author, { runtimeFiles }: Program): string | undefined => {
  if (!author.single) return undefined;
  const first = author.last.start?.words?.[0] ?? '';
  const workdir = knownValue(author.last.workdir);
  const needed = runtimeFiles.length > 0 || first.startsWith('./');
  return needed && workdir !== undefined && workdir !== '/' ? `WORKDIR ${workdir}` : undefined;
};

/** The last stage: the author's instructions in their order, the program and what it needs among them. */
export const lastLines = (
  author: Author,
  recipe: Recipe,
  program: Program,
  about: readonly Instruction[],
  from: string,
): { readonly text: string; readonly notKept: readonly string[] } => {
  const { dockerfile, single, last } = author;
  const shell = ['alpine', 'debian'].includes(recipe.base);
  const copy = copyLine([program.output], program.path, `--from=${from}`);
  const workdir = workdirLine(author, program);
  const files = single
    ? program.runtimeFiles.map((file) =>
        copyLine([file], `${workdir === undefined ? '/app' : workdir.slice(8)}/${file}`),
      )
    : [];
  const before: string[] = [];
  const after: string[] = [];
  const notKept: string[] = [];
  let placed = false;
  for (const instruction of about) {
    const fate = lastFateOf(instruction, author, recipe, shell);
    const comments = commentsAbove(dockerfile, instruction);
    const into = comesAtEnd(instruction) ? after : before;
    if (fate.kind === 'kept') into.push(...comments, ...fate.lines);
    else if (fate.kind === 'program') {
      before.push(...comments, ...(placed ? [] : [copy]));
      placed = true;
    } else notKept.push(...(fate.note === undefined ? [] : [fate.note]), ...comments);
  }
  const name = single ? last.stage.name : last.stage.name;
  const user = isRootUser(author) && !nonroot(program) ? 'USER 65532:65532' : undefined;
  const starts = after.some((line) => /^(?:ENTRYPOINT|CMD)\b/i.test(line)) || last.entrypoint || last.cmd;
  const text = lines`
    ${single ? [] : commentsAbove(dockerfile, last.stage.from)}
    FROM ${platformOf(author)}${program.final}${name === undefined ? '' : ` AS ${name}`}
    ${missing(author, recipe, program, from)}
    ${workdir}
    ${files}
    ${single ? [copy] : []}
    ${before}
    ${placed || single ? undefined : copy}
    ${user}
    ${after}
    ${starts ? undefined : `ENTRYPOINT [${JSON.stringify(program.path)}]`}
  `;
  return { text, notKept };
};

const platformOf = ({ last, single, dockerfile }: Author): string => {
  const flag = single ? undefined : last.stage.from.flags[0];
  return flag ? `${dockerfile.source.slice(flag.range)} ` : '';
};

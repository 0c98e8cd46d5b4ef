import type { TextEdit } from 'vscode-languageserver-types';
import { insertInstructionsAbove, insertLinesBelow, replace } from '../edits.ts';
import { message, stepsOf } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { isDecidedElsewhere } from '../trace/images.ts';
import type { StageTrace, Start } from '../trace/model.ts';
import { basename, below } from '../trace/paths.ts';
import { isRoot, programPath, rootFrom, shownImage, startedBinary, withAncestors } from '../trace/questions.ts';

/** Programs that start as root and give it up themselves. */
const dropsPrivileges = /^(gosu|su-exec|setpriv|runuser|su|sudo|s6-svscan|init|chroot|capsh)$/;

const reaper = /^(tini|tini-static|dumb-init|catatonit|docker-init)$/;

/** The program behind `tini --` and the like, which start it as they were started. */
const started = ({ words = [] }: Start): string => {
  const [first = '', ...rest] = words;
  return reaper.test(basename(first)) ? (rest.find((word) => !word.startsWith('-')) ?? '') : first;
};

/** A tool that a golang image carries for the go command beside it (a linter, a release tool) is no service. */
const isTool = (stage: StageTrace, program: string): boolean =>
  stage.rootImage?.go !== undefined && !program.includes('/') && startedBinary(stage) === undefined;

/** A file of the repository is hardly a program that was built: a script, whatever its name. */
const isScript = (stage: StageTrace, program: string, { project: { context } }: Subject): boolean => {
  const path = programPath(stage, program);
  const found = path.known ? stage.lookup(path.value) : undefined;
  return found?.state === 'present' && found.origin.kind === 'context' && context.files.has(found.origin.path);
};

/** A script may drop privileges before it starts the program; a toolchain is no service. */
const isOpen = (stage: StageTrace, start: Start, subject: Subject): boolean => {
  const program = started(start);
  return (
    program === '' ||
    isScript(stage, program, subject) ||
    isTool(stage, program) ||
    start.words?.some((word) => dropsPrivileges.test(basename(word))) === true ||
    /\.(sh|bash)$|entrypoint/i.test(program) ||
    /^(go|air|CompileDaemon|dlv|fresh|gow|make|modd|realize|reflex|wgo|bash|sh)$/.test(basename(program))
  );
};

/** `/root` may only be entered by root: the program has to move out of it first. */
const moveOutOfRoot = (stage: StageTrace, { dockerfile }: Subject): readonly TextEdit[] | undefined => {
  const words = stage.stage.instructions.flatMap((instruction) =>
    instruction.keyword === 'WORKDIR' ? instruction.words.slice(0, 1) : [],
  );
  const [only] = words;
  const text = dockerfile.source.slice(stage.stage.range);
  if (words.length !== 1 || !only || !/^\/root\/?$/.test(only.raw) || text.split('/root').length !== 2)
    return undefined;
  return [replace(only.range, '/app')];
};

/** Above the command, but below a RUN that still needs root. */
const userLine = (stage: StageTrace, start: Start, { dockerfile }: Subject): TextEdit => {
  const { instructions } = stage.stage;
  const lastRun = instructions.slice(instructions.indexOf(start.instruction)).findLast((one) => one.keyword === 'RUN');
  return lastRun
    ? insertLinesBelow(dockerfile.source, lastRun.range, ['USER 65532:65532'])
    : insertInstructionsAbove(dockerfile.source, start.instruction.range, ['USER 65532:65532']);
};

/** The image of distroless whose user is not root; undefined where a RUN of its debug image may need root. */
const nonrootName = (stage: StageTrace, name: string): string | undefined => {
  const [, repository = '', tag = ''] = /^([^@:]+)(?::(latest|debug))?$/.exec(name) ?? [];
  if (!stage.rootImage?.family.startsWith('distroless') || repository === '') return undefined;
  if (withAncestors(stage).some((each) => each.stage.instructions.some(({ keyword }) => keyword === 'RUN')))
    return undefined;
  return `${repository}:${tag === 'debug' ? 'debug-nonroot' : 'nonroot'}`;
};

/** Whether what is started lies in /root, or may do so: only root may enter it. */
const inRoot = (stage: StageTrace, start: Start): boolean => {
  const words = (start.words ?? []).slice(0, 1).concat(started(start));
  const programs = words.map((word) => programPath(stage, word));
  const path = stage.env.get('PATH');
  const mayFind = (path?.known ? path.value : '/root')
    .split(':')
    .some((folder) => below('/root', folder) !== undefined);
  const workdir = stage.workdir.known ? stage.workdir.value : '';
  return (
    [workdir, ...programs.map((program) => (program.known ? program.value : ''))].some(
      (each) => below('/root', each) !== undefined,
    ) ||
    (mayFind && programs.some((program) => !program.known))
  );
};

const fixOf = (stage: StageTrace, start: Start, subject: Subject): readonly Fix[] => {
  const { trace } = subject;
  const isIn = inRoot(stage, start);
  const move = isIn ? moveOutOfRoot(stage, subject) : [];
  const title = isIn ? 'Run as user 65532, in /app instead of /root' : 'Run as user 65532';
  if (!move) return [];
  const set = stage.userSetBy;
  if (set?.keyword === 'USER' && set.words[0]) {
    if (!stage.stage.instructions.includes(set)) return [];
    return [{ title, safe: false, edits: [...move, replace(set.words[0].range, '65532:65532')] }];
  }
  const from = rootFrom(stage).stage;
  const name = isIn ? undefined : from.from.image && nonrootName(stage, from.from.image.raw);
  if (from.from.image && name !== undefined && !isDecidedElsewhere(trace.images[from.index])) {
    return [{ title: 'Use the nonroot tag', safe: false, edits: [replace(from.from.image.range, name)] }];
  }
  if (!stage.stage.instructions.includes(start.instruction)) return [];
  return [{ title, safe: false, edits: [...move, userLine(stage, start, subject)] }];
};

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.shipped) {
    const { start } = stage;
    if (!start || isOpen(stage, start, subject) || !stage.user.known || !isRoot(stage.user.value)) continue;
    const from = rootFrom(stage).stage.from;
    const set = stage.userSetBy?.keyword === 'USER' ? stage.userSetBy.words[0] : undefined;
    yield {
      range: set?.range ?? from.image?.range ?? from.range,
      message: set
        ? message(
            set.raw === stage.user.value
              ? 'USER {user} runs the program as root.'
              : 'USER {written} is {user}, which runs the program as root.',
            { user: stage.user.value, written: set.raw },
          )
        : message('The program runs as root: no USER is set, and {image} runs as root.', {
            image: shownImage(stage),
          }),
      related: stepsOf(stage.user),
      fixes: fixOf(stage, start, subject),
    };
  }
}

export const noRootUser: Rule = {
  id: 'no-root-user',
  title: 'The image runs its program as root',
  severity: 'warning',
  concern: 'safe',
  why: `A program that is root in its container is root on the host as soon as it finds a way out, and may write to every
file of the image and of mounted volumes. Clusters that ask for \`runAsNonRoot\` refuse to start it.

A Go server needs nothing that root has: Docker lets every user listen on port 80 inside a container. A numeric user
(\`USER 65532:65532\`) needs no entry in /etc/passwd and lets Kubernetes see that it is not root. Files the program
writes to must belong to that user.

Switch it off where root is the point, for example in an image that mounts file systems.`,
  silent: [
    'Stages that only others use, stages named dev, debug, test and the like, stages without a command.',
    'Base images that are not root by themselves (`:nonroot`, Chainguard) or not known.',
    'Tools on a golang image that it does not build itself, such as a linter, and those that build anew at each change, such as air and reflex.',
    'Programs that an entrypoint script (any file of the repository), a longer shell command, gosu or su-exec starts: they may drop root themselves.',
  ],
  references: [
    'https://docs.docker.com/build/building/best-practices/#user',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  ],
  example: {
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

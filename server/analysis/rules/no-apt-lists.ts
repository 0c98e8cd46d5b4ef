import type { RunInstruction } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { commandsOfRun } from '../shell/commands.ts';
import { hasWord, isMountedOver, namesFolder, runsScript, shippedRuns } from '../trace/package-steps.ts';
import type { ShellStep } from '../trace/shell-step.ts';

const folder = '/var/lib/apt/lists';

const isApt = ({ program }: ShellStep): boolean => program === 'apt-get' || program === 'apt';

const indent = (text: string): string => /\\\r?\n([ \t]+)\S/.exec(text)?.[1] ?? '    ';

const installs = /^(install|reinstall|upgrade|full-upgrade|dist-upgrade|build-dep|source|download)$/;

/** Whether a later RUN installs from the lists that this one leaves, as it fetches none itself before. */
const needLater = (run: RunInstruction, { trace }: Subject): boolean => {
  const fetched = new Set<RunInstruction>();
  for (const each of trace.stages.flatMap(({ commands }) => commands)) {
    if (!isApt(each) || each.run.range.start.line <= run.range.end.line) continue;
    if (hasWord(each, /^update$/)) fetched.add(each.run);
    else if (hasWord(each, installs) && !fetched.has(each.run)) return true;
  }
  return false;
};

/** One command more at the end of a chain; nowhere else is it sure to run. */
const fixOf = (run: RunInstruction, subject: Subject): readonly Fix[] => {
  const { dockerfile } = subject;
  const { source } = dockerfile;
  if (needLater(run, subject)) return [];
  const { commands, complete } = commandsOfRun(run, dockerfile);
  const last = commands.at(-1);
  if (!complete || !last || last.runs !== 'always' || last.scope.length > 0 || run.form.kind === 'exec') return [];
  if (run.heredocs.length > 0 || source.slice({ start: last.range.end, end: run.range.end }).trim() !== '') return [];
  // A continuation that the file ends in, which is no end to add to.
  if (source.slice(run.range).trimEnd().endsWith(dockerfile.escape)) return [];
  const text = source.slice(run.range);
  const separator = text.includes('\n') ? ` ${dockerfile.escape}${source.newline}${indent(text)}&& ` : ' && ';
  const at = last.range.end;
  const edits = [replace({ start: at, end: at }, `${separator}rm -rf ${folder}/*`)];
  return [{ title: `Remove ${folder} in the same RUN`, safe: true, edits }];
};

function* check(subject: Subject): Iterable<Finding> {
  for (const [run, steps] of shippedRuns(subject.trace)) {
    const update = steps.find((each) => isApt(each) && hasWord(each, /^update$/));
    if (!update || isMountedOver(run, folder) || namesFolder(steps, folder) || runsScript(steps)) continue;
    if (steps.some(({ program }) => program === 'clean-install')) continue;
    if (steps.some((each) => isApt(each) && hasWord(each, /^dist-?clean$/))) continue;
    yield {
      range: update.command.range,
      message: message('{program} update leaves the lists of all packages in the image.', { program: update.program }),
      fixes: fixOf(run, subject),
    };
  }
}

export const noAptLists: Rule = {
  id: 'no-apt-lists',
  title: 'apt leaves its package lists in the image',
  severity: 'information',
  concern: 'small',
  why: `\`apt-get update\` downloads the lists of all packages to /var/lib/apt/lists. They become a part of the layer: about
twenty megabytes with Debian, which no program reads. A later RUN cannot take them out of it, only the same one:

    RUN apt-get update \\
        && apt-get install -y --no-install-recommends ca-certificates \\
        && rm -rf /var/lib/apt/lists/*

A cache mount at /var/lib/apt keeps them out as well.`,
  silent: [
    'A RUN that removes them, has a mount over /var/lib/apt/lists, or runs a script, which may remove them.',
    '`clean-install` of the Debian images of Kubernetes, which removes them itself.',
    'Stages that are not part of an image that is shipped.',
  ],
  references: [
    'https://github.com/hadolint/hadolint/wiki/DL3009',
    'https://docs.docker.com/build/building/best-practices/#apt-get',
  ],
  example: {
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

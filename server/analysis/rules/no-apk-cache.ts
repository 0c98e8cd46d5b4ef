import type { TextEdit } from 'vscode-languageserver-types';
import type { Dockerfile } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import { isInPlace } from '../go/word-text.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { hasWord, isMountedOver, namesFolder, runsScript, shippedRuns } from '../trace/package-steps.ts';
import { removeCommand } from '../trace/run-edits.ts';
import type { ShellStep } from '../trace/shell-step.ts';

const folders = ['/var/cache/apk', '/etc/apk/cache'];

const isApk = ({ program }: ShellStep): boolean => program === 'apk';

/** `update` may also be the name of a package. */
const isUpdate = (shellStep: ShellStep): boolean =>
  isApk(shellStep) && hasWord(shellStep, /^update$/) && !hasWord(shellStep, /^add$/);

/** An `apk update` before it is not needed any more. */
const fixOf = (added: ShellStep, steps: readonly ShellStep[], dockerfile: Dockerfile): readonly Fix[] => {
  const word = added.command.words.find(({ raw }) => raw === 'add');
  const removed = steps
    .filter(isUpdate)
    .map(({ run, command }): TextEdit | undefined => removeCommand(run, command, dockerfile));
  if (!word || !isInPlace(word, dockerfile.source) || removed.includes(undefined)) return [];
  const edits = [
    replace({ start: word.range.end, end: word.range.end }, ' --no-cache'),
    ...removed.filter((edit) => edit !== undefined),
  ];
  return [{ title: 'Add --no-cache', safe: true, edits }];
};

function* check({ dockerfile, trace }: Subject): Iterable<Finding> {
  for (const [run, steps] of shippedRuns(trace)) {
    if (runsScript(steps)) continue;
    if (folders.some((folder) => isMountedOver(run, folder) || namesFolder(steps, folder))) continue;
    const added = steps.filter((each) => isApk(each) && hasWord(each, /^add$/) && !hasWord(each, /^--no-cache$/));
    const upgrades = steps.some((each) => isApk(each) && hasWord(each, /^upgrade$/));
    for (const each of added) {
      yield {
        range: each.command.range,
        message: message('apk add leaves the index of all packages in the image without --no-cache.'),
        fixes: upgrades || added.length > 1 ? [] : fixOf(each, steps, dockerfile),
      };
    }
  }
}

export const noApkCache: Rule = {
  id: 'no-apk-cache',
  title: 'apk leaves its index in the image',
  severity: 'information',
  concern: 'small',
  why: `\`apk add\` downloads the index of all packages and keeps it in /var/cache/apk. It becomes a part of the layer, two to
three megabytes that no program reads, and grows old there. With \`--no-cache\` apk fetches the index and does not keep it;
an \`apk update\` before is not needed.`,
  silent: [
    '`--no-cache`, a mount over /var/cache/apk, and a RUN that removes what lies there or runs a script, which may.',
    'Stages that are not part of an image that is shipped.',
  ],
  references: ['https://github.com/hadolint/hadolint/wiki/DL3019'],
  example: {
    bad: `FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM alpine:3.24
RUN apk update && apk add tzdata
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM alpine:3.24
RUN apk add --no-cache tzdata
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};

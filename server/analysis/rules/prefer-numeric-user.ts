import type { Word } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import { message, step } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import type { StageTrace } from '../trace/model.ts';
import { rootFrom } from '../trace/questions.ts';

const userWord = ({ userSetBy }: StageTrace): Word | undefined =>
  userSetBy?.keyword === 'USER' ? userSetBy.words[0] : undefined;

const isName = (text: string): boolean => text !== '' && !/^\d+$/.test(text);

/** Ids that a name has wherever it is in use. */
const customary = new Map([
  ['root', '0:0'],
  ['nobody', '65534:65534'],
  ['nonroot', '65532:65532'],
]);

/** The part of `user:group` that has no table to be looked up in, with that table. */
const unlisted = (stage: StageTrace, value: string): { name: string; table: string } | undefined => {
  const [user = '', group = ''] = value.split(':');
  const tables = [
    { name: user, table: '/etc/passwd' },
    { name: group, table: '/etc/group' },
  ];
  return tables.find(({ name, table }) => isName(name) && stage.lookup(table).state === 'absent');
};

const missing = (stage: StageTrace, word: Word, value: string): Finding | undefined => {
  const found = unlisted(stage, value);
  if (!found) return undefined;
  const image = stage.rootImage?.ref.raw ?? '';
  const [user = ''] = value.split(':');
  const ids = isName(user) ? (customary.get(user) ?? '65532:65532') : `${user}:${user}`;
  const template = 'There is no {table} to look {name} up in: the container does not start.';
  return {
    range: word.range,
    message: message(template, { table: found.table, name: found.name }),
    severity: 'error',
    related: [step(rootFrom(stage).stage.from.range, '{image} has no {table}.', { image, table: found.table })],
    fixes: [{ title: `Run as ${ids}`, safe: customary.has(user), edits: [replace(word.range, ids)] }],
  };
};

/** Where the name's uid is known, the number is the same user. */
const named = (stage: StageTrace, word: Word, value: string): Finding | undefined => {
  const [user = '', ...group] = value.split(':');
  const uid = stage.users.get(user);
  if (!uid || !isName(user) || word.raw !== value || stage.opaque || stage.written('/etc/passwd')) return undefined;
  const text = [String(uid), ...group].join(':');
  return {
    range: word.range,
    message: message('Kubernetes cannot see that {user} is not root; its number is {uid}.', { user, uid: String(uid) }),
    fixes: [{ title: `Write USER ${text}`, safe: true, edits: [replace(word.range, text)] }],
  };
};

function* check({ trace }: Subject): Iterable<Finding> {
  const seen = new Set<Word>();
  for (const stage of trace.shipped) {
    const word = userWord(stage);
    if (!word || !stage.start || !stage.user.known || seen.has(word)) continue;
    const found = missing(stage, word, stage.user.value) ?? named(stage, word, stage.user.value);
    if (!found) continue;
    seen.add(word);
    yield found;
  }
}

export const preferNumericUser: Rule = {
  id: 'prefer-numeric-user',
  title: 'A user by name where a number is needed or tells more',
  severity: 'information',
  concern: 'safe',
  why: `A name after USER is looked up in the /etc/passwd of the image when the container starts. \`scratch\` has none, so
the container ends with code 125, which is an error:

    unable to find user nonroot: no matching entries in passwd file

In other images it starts, but Kubernetes knows only what the image says of its user, and with \`runAsNonRoot: true\`
refuses a name. This is information, and the number is that of the same user:

    container has runAsNonRoot and image has non-numeric user (nonroot), cannot verify user is non-root

Switch it off where no cluster runs the image.`,
  silent: [
    'Users whose number nobody wrote down: `adduser` without `-u`, or with a build argument behind it, users of base images that are not described.',
    'Images into which an /etc/passwd was copied, and stages in which a script ran.',
    'Stages that only others use, and stages without a command.',
  ],
  references: [
    'https://docs.docker.com/reference/dockerfile/#user',
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  ],
  example: {
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER nonroot
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

import { noSecretInBuild } from '../../server/analysis/rules/no-secret-in-build.ts';
import { testRule } from '../support/test-rule.ts';

const built = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}
COPY . .
RUN go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

const single = (...lines: readonly string[]): string => `FROM golang:1.26
WORKDIR /src
${lines.join('\n')}
CMD ["/app"]
`;

const mounted = '--mount=type=secret,id=netrc,target=/root/.netrc';
const stays = (name: string): string =>
  `${name} stays in this stage: the build cache, and what --target makes of it, have its value.`;
const goes = (name: string): string => `${name} goes into the image: docker history shows its value.`;
const token = `ghp_${'A'.repeat(36)}`;

testRule(noSecretInBuild, {
  valid: [
    {
      name: 'names that only look like secrets',
      code: built(
        'ARG GOPRIVATE=github.com/acme GONOSUMDB=github.com/acme GONOPROXY=github.com/acme GOAUTH=netrc',
        'ARG GITHUB_REPOSITORY TOKEN_FILE=/run/token KEYCLOAK_VERSION=26',
        'ENV PASSWORD_FILE=/run/secrets/password SECRET_NAME=app MONKEY_PATH=/m TOKENIZERS_PARALLELISM=false',
        'RUN echo $GITHUB_REPOSITORY $TOKEN_FILE $KEYCLOAK_VERSION',
      ),
    },
    {
      name: 'a token that is only declared',
      code: built('ARG GITHUB_TOKEN', 'RUN go mod download'),
    },
    {
      name: 'a secret mount as a file',
      code: built(
        'RUN --mount=type=secret,id=token TOKEN=$(cat /run/secrets/token) && \\',
        '  git config --global url."https://${TOKEN}@github.com/".insteadOf "https://github.com/"',
      ),
    },
    {
      name: 'an ARG that the RUN takes from the mount instead',
      code: built(
        'ARG TOKEN',
        'RUN --mount=type=secret,id=token TOKEN=$(cat /run/secrets/token) && git clone https://x:${TOKEN}@github.com/acme/x',
      ),
    },
    {
      name: 'a secret mount as a variable',
      code: built(
        'ARG GITHUB_TOKEN',
        'RUN --mount=type=secret,id=GITHUB_TOKEN,env=GITHUB_TOKEN git clone https://x:$GITHUB_TOKEN@github.com/acme/x',
      ),
    },
    { name: 'a user', code: built('ARG GIT_USER', 'RUN git clone https://${GIT_USER}@github.com/acme/x') },
    {
      name: 'git over ssh',
      code: built('RUN git config --global url."git@github.com:".insteadOf "https://github.com/"'),
    },
    { name: 'a version behind an @', code: built('ARG V=v1', 'RUN go install example.com/tool@$V') },
    { name: 'a version in a path', code: built('ARG V=v1', 'RUN curl -O https://example.com/pkg@$V/x@$V') },
    {
      name: 'a shell that expands nothing',
      code: built('ARG TOKEN', "RUN echo 'https://${TOKEN}@github.com' > /etc/example"),
    },
    {
      name: 'public files of ssh',
      code: built('COPY .ssh/known_hosts .ssh/config id_rsa.pub /root/.ssh/'),
    },
    {
      name: 'a key scan',
      code: built('ARG HOST=github.com', 'RUN mkdir -p ~/.ssh && ssh-keyscan $HOST >> ~/.ssh/known_hosts'),
    },
    {
      name: 'a key of another stage',
      code: `FROM alpine:3.24 AS keys\nRUN true\n\n${built('COPY --from=keys /root/.ssh/id_rsa /root/.ssh/id_rsa')}`,
    },
    { name: 'no proxy with a password', code: built('ARG V', 'ENV GOPROXY=https://proxy.example.com,direct') },
    {
      name: 'other words through other programs',
      code: built('ARG HOST', 'RUN echo "$HOST" | tr a b >> ~/.ssh/known_hosts && echo "$HOST" | grep x || true'),
    },
    { name: 'in a trigger', code: built('ONBUILD RUN git clone https://x:$GITHUB_TOKEN@github.com/acme/x') },
    {
      name: 'in a comment',
      code: `# RUN git clone https://x:$GITHUB_TOKEN@github.com/acme/x\n${built('ARG GITHUB_TOKEN')}`,
    },
    { name: 'a word that begins as tokens do', code: built('RUN echo ghp_docs glpat-docs') },
    {
      name: 'a netrc from a secret',
      code: built('RUN --mount=type=secret,id=netrc,target=/root/.netrc go mod download'),
    },
    {
      name: 'a variable nobody declares',
      code: built('RUN git clone https://x:${TOKEN}@github.com/acme/x'),
    },
  ],
  invalid: [
    {
      name: 'in an address that git gets',
      code: built(
        'ARG GITHUB_TOKEN',
        'RUN git config --global url."https://«${GITHUB_TOKEN}»@github.com/".insteadOf "https://github.com/"',
        'RUN go mod download',
      ),
      messages: [stays('GITHUB_TOKEN')],
      severity: 'warning',
      related: ['GITHUB_TOKEN is declared here.'],
      fixed: `FROM golang:1.26 AS build
WORKDIR /src
RUN ${mounted} go mod download
COPY . .
RUN ${mounted} go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
    },
    {
      name: 'at the head of a chain',
      code: built(
        'ARG USER TOKEN',
        'RUN git config --global url."https://$USER:«$TOKEN»@git.example.com/".insteadOf "https://git.example.com/" \\',
        '  && go mod download',
      ),
      messages: [stays('TOKEN')],
      fixed: built('ARG USER TOKEN', `RUN ${mounted} go mod download`).replace(
        'RUN go build',
        `RUN ${mounted} go build`,
      ),
    },
    {
      name: 'in a chain whose rest needs what it wrote',
      code: built(
        'ARG TOKEN',
        'RUN echo "machine github.com login x password «$TOKEN»" > ~/.netrc && chmod 600 ~/.netrc && go mod download',
      ),
      messages: [stays('TOKEN')],
    },
    {
      name: 'a netrc',
      code: built(
        'ARG LOGIN',
        'ARG PASS',
        'RUN echo "machine github.com login ${LOGIN} password «${PASS}»" >> /root/.netrc',
        'RUN --mount=type=cache,target=/go/pkg/mod go mod download',
      ),
      messages: [stays('PASS')],
      fixed: built('ARG LOGIN', `RUN ${mounted} --mount=type=cache,target=/go/pkg/mod go mod download`).replace(
        'RUN go build',
        `RUN ${mounted} go build`,
      ),
    },
    {
      name: 'a netrc by printf',
      code: built(
        'ARG TOKEN',
        `RUN printf 'machine github.com\\nlogin x\\npassword %s\\n' "«$TOKEN»" > $HOME/.netrc`,
        'USER 65532',
        'RUN go mod download',
      ),
      messages: [stays('TOKEN')],
    },
    {
      name: 'a netrc in a heredoc',
      code: built(
        'ARG TOKEN',
        'RUN cat <<EOF > /root/.netrc',
        'machine github.com',
        'password «$TOKEN»',
        'EOF',
        'USER 1000',
      ),
      messages: [stays('TOKEN')],
    },
    {
      name: 'a netrc by COPY',
      code: built('ARG TOKEN', 'COPY <<EOF /root/.netrc', 'machine github.com login x password «${TOKEN}»', 'EOF'),
      messages: [stays('TOKEN')],
    },
    {
      name: 'a header',
      code: single('ARG JOB', 'RUN git config --global http.extraheader "PRIVATE-TOKEN: «${JOB}»"'),
      messages: [goes('JOB')],
      severity: 'error',
    },
    {
      name: 'a proxy of modules',
      code: single('ARG NAME PASS', 'ENV GOPROXY=https://$NAME:«${PASS}»@proxy.example.com', 'RUN go mod download'),
      messages: [goes('PASS')],
    },
    {
      name: 'a proxy in the prefix of a command',
      code: built(
        'ARG GP_USER',
        'ARG PASS',
        'RUN GOPROXY="https://$GP_USER:«$PASS»@proxy.example.com" go mod download',
      ),
      messages: [stays('PASS')],
    },
    {
      name: 'a private key',
      code: built('ARG SSH_KEY', 'RUN mkdir -p /root/.ssh && echo "«$SSH_KEY»" > /root/.ssh/id_ed25519'),
      messages: [stays('SSH_KEY')],
    },
    {
      name: 'a private key through other programs',
      code: built(
        'ARG SSH_KEY',
        'RUN mkdir -p ~/.ssh && \\',
        '    echo "«$SSH_KEY»" | base64 -d | tr -d \'\\r\' > ~/.ssh/id_rsa && \\',
        '    eval $(ssh-agent) && echo "«${SSH_KEY}»" | ssh-add -',
      ),
      messages: [stays('SSH_KEY'), stays('SSH_KEY')],
    },
    {
      name: 'in a script of its own',
      code: built('ARG TOKEN', 'RUN <<EOF', 'git clone https://x:«$TOKEN»@github.com/acme/x', 'EOF', 'USER 1000'),
      messages: [stays('TOKEN')],
    },
    {
      name: 'files of the context',
      code: built('COPY «.netrc» «id_rsa» go.mod /root/'),
      messages: ['.netrc', 'id_rsa'].map(
        (name) => `${name} stays in this stage: the build cache, and what --target makes of it, have it.`,
      ),
    },
    {
      name: 'a folder of keys in the image',
      code: single('COPY «.ssh» /root/.ssh', 'RUN go mod download && rm -rf /root/.ssh'),
      messages: ['.ssh goes into the image, and stays in its layer when a later command removes it.'],
      severity: 'error',
    },
    {
      name: 'a token in the text',
      code: built(`ENV GITHUB_TOKEN=«${token}»`, `RUN git clone https://«${token}»@github.com/acme/x`),
      messages: [0, 1].map(() => 'This is a token of GitHub: whoever has the Dockerfile can use it.'),
    },
    {
      name: 'declared in the stage below',
      code: `FROM golang:1.26 AS base\nARG TOKEN\n\nFROM base\nRUN git clone https://x:«$TOKEN»@github.com/acme/x\n`,
      messages: [goes('TOKEN')],
    },
  ],
});

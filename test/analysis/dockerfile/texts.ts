import fc from 'fast-check';

const fragments = [
  ...[
    'FROM a AS b',
    'RUN ',
    'COPY ',
    'ENV ',
    'ARG ',
    'ONBUILD ',
    'CMD ',
    'HEALTHCHECK ',
    '--from=x ',
    '--mount=a=b,c ',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\\\n',
    '\\ \r\n',
    ' \\\n# c\n',
    '<<EOF',
    "<<-'E'",
    'EOF\n',
    'E\n',
    '# escape=`\n',
    '`\n',
    '# syntax=x\n',
  ],
  ...[
    '["a","b"]',
    '[',
    '"',
    "'",
    '$',
    '${X:-',
    '}',
    '=',
    ' ',
    '\t',
    '\ufeff',
    '\u00a0',
    'é',
    '😀',
    '&&',
    '|',
    ';',
    '(',
    ')',
  ],
];

const dockerfiles = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 4 })), {
  maxLength: 60,
});
/** Texts that look like a Dockerfile often enough to get deep into the parser. */
export const texts = dockerfiles.map((parts) => parts.join(''));

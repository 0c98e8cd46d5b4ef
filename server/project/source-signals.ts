import { isQuote, skipComment, skipLiteral } from './scan.ts';

/** What the text of one source says; every list in the order met. */
export interface SourceSignals {
  readonly callsOut: boolean;
  readonly loadsZones: boolean;
  readonly makesTempFiles: boolean;
  readonly ports: readonly number[];
  readonly relativeFiles: readonly string[];
  readonly versionVariable: string | undefined;
}

/** The text with its comments blanked. */
const withoutComments = (text: string): string => {
  const parts: string[] = [];
  let kept = 0;
  let at = 0;
  while (at < text.length) {
    if (isQuote(text[at])) {
      at = skipLiteral(text, at);
      continue;
    }
    const end = skipComment(text, at);
    if (end === at) {
      at++;
      continue;
    }
    parts.push(text.slice(kept, at), text[end - 1] === '\n' ? '\n' : ' ');
    kept = end;
    at = end;
  }
  return [...parts, text.slice(kept)].join('');
};

const callsOut =
  /\bhttp\.(?:Get|Head|Post|PostForm|NewRequest|NewRequestWithContext|DefaultClient|DefaultTransport|Client|Transport)\b|\btls\.(?:Dial|DialWithDialer|Dialer|Client)\b|\bhttputil\.(?:NewSingleHostReverseProxy|ReverseProxy)\b|\bsmtp\.(?:SendMail|Dial|NewClient)\b/;

const loadsZones = /\btime\.LoadLocation\(\s*(?!["`](?:UTC|Local)?["`]\s*\))/;

/** The first argument is the folder: `""` is the system's. os.TempDir alone says the same. */
const makesTempFiles =
  /\b(?:os\.(?:CreateTemp|MkdirTemp)|ioutil\.Temp(?:File|Dir))\(\s*["`]["`]|\bos\.TempDir\(|\bmultipart\.|\.ParseMultipartForm\(/;

const address = '["`][^"`\\s:]*:(\\d{2,5})["`]';

const portPatterns = [
  new RegExp(`\\b(?:ListenAndServe(?:TLS)?|Run|Start|Listen|ListenPacket)\\([^()\\n]*?${address}`, 'g'),
  new RegExp(`\\bAddr:\\s*${address}`, 'g'),
  new RegExp(
    `\\b(?:String|StringVar|StringP|StringVarP|Getenv|getenv|getEnv|GetEnv|envOr|Default)\\([^()\\n]*?${address}`,
    'g',
  ),
  /\b(?:Int|IntVar|Uint|UintVar|getenv|getEnv|GetEnv|envOr)\([^()\n]*?["`][^"`\n]*port[^"`\n]*["`],\s*["`]?(\d{2,5})["`]?\s*[,)]/gi,
  /\b(?:default)?(?:listen)?port\s*(?::?=|string\s*=|int\s*=)\s*["`:]*(\d{2,5})["`]?\s*$/gim,
  new RegExp(`\\b(?:default)?(?:listen)?(?:addr|address)\\s*(?::?=|string\\s*=)\\s*${address}`, 'gi'),
];

const portsIn = (text: string): number[] =>
  portPatterns
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .sort((a, b) => a.index - b.index)
    .map(([, port]) => Number(port))
    .filter((port) => port > 0 && port < 65_536);

const opened =
  /\b(?:os\.(?:Open|ReadFile|ReadDir|DirFS|Stat)|ioutil\.ReadFile|http\.(?:Dir|ServeFile)|template\.(?:Must\(template\.)?Parse(?:Files|Glob)|LoadHTMLGlob|LoadHTMLFiles)\([^"`()\n]*["`]([^"`\n]+)["`]/g;

const relativeFilesIn = (text: string): string[] =>
  [...text.matchAll(opened)].map(([, path]) => path ?? '').filter((path) => !/^[/~]|^[A-Za-z]:|:\/\//.test(path));

const versionVariable = /^(?:var\s+|\t| {2,})((?:[a-z]\w*)?version)(?:\s*,\s*\w+)*(?:\s+string)?(?:\s*=\s*["`]|\s*$)/im;

/** `var version = "dev"` or `var version string` at the top level, also in a group: what `-X main.version=…` can set. */
const versionIn = (text: string): string | undefined => {
  for (const block of text.matchAll(/^var\s+\(\n([\s\S]*?)^\)|^var\s+\w.*$/gm)) {
    const name = versionVariable.exec(block[1] ?? block[0])?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
};

/** Reads the signs of one Go source; `main` tells that it belongs to package main. */
export const sourceSignals = (source: string, main: boolean): SourceSignals => {
  const text = withoutComments(source).replace(/\r\n/g, '\n');
  return {
    callsOut: callsOut.test(text),
    loadsZones: loadsZones.test(text),
    makesTempFiles: makesTempFiles.test(text),
    ports: portsIn(text),
    relativeFiles: relativeFilesIn(text),
    versionVariable: main ? versionIn(text) : undefined,
  };
};

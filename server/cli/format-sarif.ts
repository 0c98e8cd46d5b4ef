import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Location, Log, PhysicalLocation, Region, ReportingDescriptor, Result, Fix as SarifFix } from 'sarif';
import type { Range, TextEdit } from 'vscode-languageserver-types';
import manifest from '../../package.json' with { type: 'json' };
import type { RuledFinding } from '../analysis/analyze.ts';
import { documentationUrl } from '../analysis/documentation.ts';
import { type Message, render } from '../analysis/known.ts';
import type { Fix, Rule, Severity } from '../analysis/rule.ts';
import { rules } from '../analysis/rules/index.ts';
import type { Console } from './console.ts';
import { fingerprints } from './fingerprints.ts';
import type { Linted } from './lint-targets.ts';
import { repositoryFolder, repositoryPath } from './repository-paths.ts';

const levels = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const satisfies Record<
  Severity,
  string
>;

/** The folder that the paths of a report are relative to. */
const root = '%SRCROOT%';

/** Where a place in the Dockerfile, or in a file of the build context, is; without a range, all of the file. */
type Locate = (file: string | undefined, range?: Range) => PhysicalLocation;

/**
 * SARIF 2.1.0: the rules that found something, the steps of the reasoning as code flow, fixes as far as they change files
 * that exist. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function formatSarif(linted: readonly Linted[], console: Console, problems: readonly string[]): string {
  const found = new Set(linted.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  const described = rules.filter(({ id }) => found.has(id));
  const index = new Map(described.map(({ id }, at) => [id, at]));
  const folder = repositoryFolder(console);
  const fingerprint = fingerprints();
  const results = linted.flatMap(({ file, context, findings }) => {
    const locate: Locate = (name, range) =>
      placeOf(folder, name === undefined ? file : path.join(context, name), range);
    return findings.map(
      (finding): Result => ({
        ...resultOf(finding, locate),
        ruleIndex: index.get(finding.rule) ?? -1,
        partialFingerprints: { 'goDockerfile/v1': fingerprint(repositoryPath(folder, file), finding) },
      }),
    );
  });
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'go-dockerfile',
            version: manifest.version,
            informationUri: manifest.repository.url.replace(/\.git$/, ''),
            rules: described.map(descriptorOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [root]: { uri: pathToFileURL(`${folder}${path.sep}`).href } },
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: problems.map((text) => ({ level: 'error', message: { text } })),
          },
        ],
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const descriptorOf = ({ id, title, why, severity, concern, example }: Rule): ReportingDescriptor => ({
  id,
  shortDescription: { text: title },
  help: {
    text: why.trim(),
    markdown: `${why.trim()}\n\n${code('Reported', example.bad)}\n\n${code('Good', example.good)}`,
  },
  helpUri: documentationUrl(id),
  defaultConfiguration: { level: levels[severity] },
  properties: { tags: [concern] },
});

const code = (title: string, text: string): string => `${title}:\n\n\`\`\`dockerfile\n${text.trim()}\n\`\`\``;

function resultOf({ rule, severity, message, range, related, elsewhere, fixes }: RuledFinding, locate: Locate): Result {
  const here = { physicalLocation: locate(undefined, range) };
  const flow = [
    ...related.map((step) => said(step.message, locate(step.file, step.range))),
    said(message, here.physicalLocation),
  ];
  const listed = fixes.flatMap((fix) => fixOf(fix, locate));
  return {
    ruleId: rule,
    level: levels[severity],
    message: { text: render(message) },
    locations: [here],
    ...(flow.length > 1 && {
      codeFlows: [{ threadFlows: [{ locations: flow.map((location) => ({ location })) }] }],
    }),
    ...(elsewhere && { relatedLocations: [said(elsewhere.message, locate(elsewhere.path, elsewhere.range))] }),
    ...(listed.length > 0 && { fixes: listed }),
  };
}

const said = (message: Message, physicalLocation: PhysicalLocation): Location => ({
  physicalLocation,
  message: { text: render(message) },
});

/** None for a fix that makes a file: a replacement needs something to replace. */
function fixOf({ title, edits, files = [] }: Fix, locate: Locate): readonly SarifFix[] {
  const changes: [string | undefined, readonly TextEdit[]][] = edits.length > 0 ? [[undefined, edits]] : [];
  for (const file of files) {
    if (!('edits' in file)) return [];
    changes.push([file.path, file.edits]);
  }
  if (changes.length === 0) return [];
  const artifactChanges = changes.map(([file, all]) => ({
    artifactLocation: locate(file).artifactLocation ?? {},
    replacements: all.map((edit) => ({
      deletedRegion: regionOf(edit.range),
      insertedContent: { text: edit.newText },
    })),
  }));
  return [{ description: { text: title }, artifactChanges }];
}

function placeOf(folder: string, file: string, range: Range | undefined): PhysicalLocation {
  const name = repositoryPath(folder, file);
  const uri = path.isAbsolute(name) ? pathToFileURL(file).href : name.split('/').map(encodeURIComponent).join('/');
  return {
    artifactLocation: path.isAbsolute(name) ? { uri } : { uri, uriBaseId: root },
    ...(range && { region: regionOf(range) }),
  };
}

/** Lines and columns from 1; the end is the place behind the last character. */
const regionOf = ({ start, end }: Range): Region => ({
  startLine: start.line + 1,
  startColumn: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
});

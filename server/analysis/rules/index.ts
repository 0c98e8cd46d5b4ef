import type { Rule } from '../rule.ts';
import { copyBuiltFile } from './copy-built-file.ts';
import { downloadModulesFirst } from './download-modules-first.ts';
import { matchGoVersion } from './match-go-version.ts';
import { matchLibc } from './match-libc.ts';
import { noRootUser } from './no-root-user.ts';
import { noShellWithoutShell } from './no-shell-without-shell.ts';
import { noUnknownGolangTag } from './no-unknown-golang-tag.ts';
import { pinBaseImage } from './pin-base-image.ts';
import { preferMultiStage } from './prefer-multi-stage.ts';
import { requireStaticBinary } from './require-static-binary.ts';
import { runExistingFile } from './run-existing-file.ts';

/** Every rule, in alphabetical order. */
export const rules: readonly Rule[] = [
  copyBuiltFile,
  downloadModulesFirst,
  matchGoVersion,
  matchLibc,
  noRootUser,
  noShellWithoutShell,
  noUnknownGolangTag,
  pinBaseImage,
  preferMultiStage,
  requireStaticBinary,
  runExistingFile,
];

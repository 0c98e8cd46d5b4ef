import type { Rule } from '../rule.ts';
import { copyBuiltFile } from './copy-built-file.ts';
import { declareBuildArg } from './declare-build-arg.ts';
import { downloadModulesFirst } from './download-modules-first.ts';
import { matchGoVersion } from './match-go-version.ts';
import { matchLibc } from './match-libc.ts';
import { noBuildPlatformInFinalStage } from './no-build-platform-in-final-stage.ts';
import { noRootUser } from './no-root-user.ts';
import { noShellWithoutShell } from './no-shell-without-shell.ts';
import { noTargetArgDefault } from './no-target-arg-default.ts';
import { noUnknownGolangTag } from './no-unknown-golang-tag.ts';
import { pinBaseImage } from './pin-base-image.ts';
import { preferMultiStage } from './prefer-multi-stage.ts';
import { requireStaticBinary } from './require-static-binary.ts';
import { requireTargetArch } from './require-target-arch.ts';
import { runExistingFile } from './run-existing-file.ts';

/** Every rule, in alphabetical order. */
export const rules: readonly Rule[] = [
  copyBuiltFile,
  declareBuildArg,
  downloadModulesFirst,
  matchGoVersion,
  matchLibc,
  noBuildPlatformInFinalStage,
  noRootUser,
  noShellWithoutShell,
  noTargetArgDefault,
  noUnknownGolangTag,
  pinBaseImage,
  preferMultiStage,
  requireStaticBinary,
  requireTargetArch,
  runExistingFile,
];

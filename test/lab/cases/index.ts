import type { RuleCases } from '../case.ts';
import { buildExistingPackage } from './build-existing-package.ts';
import { buildIntoDirectory } from './build-into-directory.ts';
import { buildMainPackage } from './build-main-package.ts';
import { matchGlibcVersion, requireMuslTag, requireSharedLibrary } from './c-libraries.ts';
import { copyBuiltFile } from './copy-built-file.ts';
import { copyExistingGoSum } from './copy-existing-go-sum.ts';
import { copyExistingSource } from './copy-existing-source.ts';
import { copyLocalModules } from './copy-local-modules.ts';
import { noHardcodedGoarch, preferNativeBuilder } from './cross-builds.ts';
import { downloadModulesFirst } from './download-modules-first.ts';
import { examples } from './examples.ts';
import { keepVersionInfo, noVcsStampFailure, requireGit } from './git.ts';
import { noIgnoredSource, requireDockerignore } from './ignore-files.ts';
import { installOnPath } from './install-on-path.ts';
import { copyIntoDirectory, noApkCache, noAptLists, preferCopyOverAdd, preferExecForm } from './instructions.ts';
import { keepBuildOutput } from './keep-build-output.ts';
import { matchCacheMounts } from './match-cache-mounts.ts';
import { matchGoVersion } from './match-go-version.ts';
import { matchLibc } from './match-libc.ts';
import { matchTargetOs } from './match-target-os.ts';
import { matchVendorMode } from './match-vendor-mode.ts';
import { copyEmbeddedFiles, copyImportedPackages, copyRuntimeFiles, matchLdflagsVariable } from './needed-files.ts';
import { noCrossGoInstall } from './no-cross-go-install.ts';
import { noDynamicBuildMode } from './no-dynamic-build-mode.ts';
import { noGoGet } from './no-go-get.ts';
import { noGoModTidy } from './no-go-mod-tidy.ts';
import { noGoRunInFinalImage } from './no-go-run-in-final-image.ts';
import { noRootUser } from './no-root-user.ts';
import { noSecretInBuild } from './no-secret-in-build.ts';
import { noShellWithoutShell } from './no-shell-without-shell.ts';
import { noUnknownGolangTag } from './no-unknown-golang-tag.ts';
import { pinBaseImage } from './pin-base-image.ts';
import { pinGoInstall } from './pin-go-install.ts';
import { noBuildPlatformInFinalStage, noTargetArgDefault, requireGoarm, requireTargetArch } from './platforms.ts';
import { preferCacheMounts } from './prefer-cache-mounts.ts';
import { preferMemoryLimit } from './prefer-memory-limit.ts';
import { preferMultiStage } from './prefer-multi-stage.ts';
import { preferNumericUser } from './prefer-numeric-user.ts';
import { requireCCompiler } from './require-c-compiler.ts';
import { requireCgo } from './require-cgo.ts';
import { requireStaticBinary } from './require-static-binary.ts';
import { runExistingFile } from './run-existing-file.ts';
import { matchExposedPort, requireCaCertificates, requireTmp, requireZoneinfo } from './runtime-needs.ts';
import { seeds } from './seeds.ts';
import { setWorkdir } from './set-workdir.ts';
import { noDuplicateLayer, noToolchainInFinalImage, preferStrippedBinary } from './sizes.ts';
import { snippets } from './snippets.ts';
import { noGoTarball, noInsecureModuleSource, requireGoprivate } from './supply-chain.ts';
import { noUpx, orderTargetArgs, preferGolangImage, shareGoVersion } from './toolchains.ts';
import { declareBuildArg, noEolGo, noObsoleteBuildFlag } from './versions.ts';

/** Every case of the lab, rule by rule. */
export const table: readonly RuleCases[] = [
  buildExistingPackage,
  buildIntoDirectory,
  buildMainPackage,
  copyBuiltFile,
  copyEmbeddedFiles,
  copyExistingGoSum,
  copyExistingSource,
  copyImportedPackages,
  copyIntoDirectory,
  copyLocalModules,
  copyRuntimeFiles,
  declareBuildArg,
  downloadModulesFirst,
  examples,
  installOnPath,
  keepBuildOutput,
  keepVersionInfo,
  matchCacheMounts,
  matchExposedPort,
  matchGlibcVersion,
  matchGoVersion,
  matchLdflagsVariable,
  matchLibc,
  matchTargetOs,
  matchVendorMode,
  noApkCache,
  noAptLists,
  noBuildPlatformInFinalStage,
  noCrossGoInstall,
  noDuplicateLayer,
  noDynamicBuildMode,
  noEolGo,
  noGoGet,
  noGoModTidy,
  noGoRunInFinalImage,
  noGoTarball,
  noHardcodedGoarch,
  noIgnoredSource,
  noInsecureModuleSource,
  noObsoleteBuildFlag,
  noRootUser,
  noSecretInBuild,
  noShellWithoutShell,
  noTargetArgDefault,
  noToolchainInFinalImage,
  noUnknownGolangTag,
  noUpx,
  noVcsStampFailure,
  orderTargetArgs,
  pinBaseImage,
  pinGoInstall,
  preferCacheMounts,
  preferCopyOverAdd,
  preferExecForm,
  preferGolangImage,
  preferMemoryLimit,
  preferMultiStage,
  preferNativeBuilder,
  preferNumericUser,
  preferStrippedBinary,
  requireCaCertificates,
  requireCCompiler,
  requireCgo,
  requireDockerignore,
  requireGit,
  requireGoarm,
  requireGoprivate,
  requireMuslTag,
  requireSharedLibrary,
  requireStaticBinary,
  requireTargetArch,
  requireTmp,
  requireZoneinfo,
  runExistingFile,
  seeds,
  setWorkdir,
  shareGoVersion,
  snippets,
];

import type { TextEdit } from 'vscode-languageserver-types';
import type { Dockerfile } from '../dockerfile/model.ts';
import { baseImage } from '../images/base-image.ts';
import { debianRelease } from '../images/end-of-life.ts';
import { glibcOf, mayLack } from '../images/glibc.ts';
import { splitGoTag } from '../images/go-tag.ts';
import type { BaseImage } from '../images/model.ts';
import type { Fix, Subject } from '../rule.ts';
import { retag } from './images.ts';
import type { CopyTrace, GoBinary, ResolvedImage, StageTrace, Trace } from './model.ts';
import { below, resolve } from './paths.ts';
import { loaderOf, rootFrom, withAncestors } from './questions.ts';

/** What leaves a stage by COPY and may run elsewhere. */
interface Leaving {
  /** Undefined when nobody knows what it is. */
  readonly binary: GoBinary | undefined;
  /** The image it runs in; undefined when that is not known. */
  readonly runs: StageTrace | undefined;
}

/** What another release below a builder does to a program: nothing, nobody knows, or it asks for a libc that is not there. */
type Risk = 'none' | 'unknown' | 'breaks';

const isData = (path: string): boolean => /^\/(etc|usr\/share|usr\/local\/go)(\/|$)/.test(path);

const sourceBinaries = (from: StageTrace, source: CopyTrace['sources'][number]): readonly (GoBinary | undefined)[] => {
  if (!source.known) return [undefined];
  const path = resolve('/', source.value);
  if (isData(path)) return [];
  const file = from.lookup(path);
  if (file.state === 'present' && file.origin.kind === 'go') return [file.origin.binary];
  if (file.state === 'present' && file.origin.kind === 'context') return [];
  const inside = from.goFiles.filter((each) => below(path, each.path) !== undefined).map(({ binary }) => binary);
  return file.state !== 'folder' || from.opaque || inside.length === 0 ? [undefined] : inside;
};

const runsIn = (stage: StageTrace, { started }: Trace): StageTrace | undefined =>
  started.find((each) => withAncestors(each).includes(stage)) ?? (stage.usedBy.length === 0 ? stage : undefined);

/** What leaves the stages that stand on one of these images, also by a mount, of which nobody knows what it takes. */
const leavingOf = (roots: ReadonlySet<number>, trace: Trace): readonly Leaving[] => {
  const isInside = (stage: StageTrace): boolean => roots.has(rootFrom(stage).stage.index);
  const used = new Set(trace.stages.filter(isInside).flatMap(({ usedBy }) => usedBy));
  return trace.stages.flatMap((stage) => {
    if (isInside(stage) || !used.has(stage.stage.index)) return [];
    const copies = stage.copies.flatMap(({ from, sources }) =>
      from && from !== 'unknown' && isInside(from) ? [{ from, sources }] : [],
    );
    const binaries = copies.flatMap(({ from, sources }) => sources.flatMap((source) => sourceBinaries(from, source)));
    const runs = runsIn(stage, trace);
    return (copies.length === 0 ? [undefined] : binaries).map((binary) => ({ binary, runs }));
  });
};

const alpineOf = ({ go, ref, libc }: BaseImage): number | undefined => {
  const branch = libc === 'musl' ? /^3\.(\d+)/.exec(go ? (go.os ?? '') : (ref.tag ?? ''))?.[1] : undefined;
  return branch === undefined ? undefined : Number(branch);
};

/** Whether a program that is built on an image may ask for what the other one lacks; undefined when not known. */
const isTooNew = (built: BaseImage, runs: BaseImage, linksC: boolean): boolean | undefined => {
  const [one, other] = [glibcOf(built), glibcOf(runs)];
  if (one && other) return mayLack(one, other, linksC);
  const [branch, known] = [alpineOf(built), alpineOf(runs)];
  return branch === undefined || known === undefined ? undefined : branch > known;
};

const riskOf = ({ binary, runs }: Leaving, built: BaseImage): Risk => {
  const verdict = binary?.linkage.verdict;
  if (verdict === 'static' || verdict === 'no-build') return 'none';
  const loader = runs && loaderOf(runs);
  if (!runs?.rootImage || loader === 'unknown' || built.libc === 'unknown') return 'unknown';
  // What starts there at all is static.
  if (loader !== built.libc) return 'none';
  const isPlain = verdict === built.libc && binary?.linksC === 'no';
  const tooNew = isTooNew(built, runs.rootImage, !isPlain);
  if (tooNew) return 'breaks';
  return tooNew === false && isPlain ? 'none' : 'unknown';
};

const worst = (risks: readonly Risk[]): Risk =>
  risks.includes('breaks') ? 'breaks' : risks.includes('unknown') ? 'unknown' : 'none';

/** A build argument that is used elsewhere, too, must not get a variant that fits here only. */
const suitsOthers = ({ tagFrom, image }: ResolvedImage, tag: string, { source }: Dockerfile): boolean => {
  if (!tagFrom || splitGoTag(tag).variant === splitGoTag(image?.ref.tag ?? 'latest').variant) return true;
  return source.content.split(new RegExp(`\\$\\{?${tagFrom.name}\\b`)).length <= 2;
};

const onSameArgument = (resolved: ResolvedImage, { images }: Trace): ReadonlySet<number> =>
  new Set(
    images
      .filter(
        (each) =>
          each === resolved ||
          (resolved.tagFrom !== undefined &&
            each.tagFrom?.name === resolved.tagFrom.name &&
            each.image?.go?.variant === resolved.image?.go?.variant),
      )
      .map(({ stage }) => stage.index),
  );

const releaseName = (os: string | undefined): string | undefined => {
  const debian = debianRelease(os ?? '');
  if (debian) return `Debian ${debian.number} (${debian.codename})`;
  return /^\d/.test(os ?? '') ? `Alpine ${os}` : undefined;
};

interface Candidate {
  readonly risk: Risk;
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

const candidates = (
  resolved: ResolvedImage,
  tags: readonly string[],
  subject: Subject,
  sameMeaning: boolean,
): readonly Candidate[] => {
  const old = resolved.image?.go?.os;
  const leaving = leavingOf(onSameArgument(resolved, subject.trace), subject.trace);
  return tags.flatMap((tag) => {
    const edits = retag(subject.dockerfile, resolved, tag);
    const built = baseImage(`golang:${tag}`);
    if (!edits || !built || !suitsOthers(resolved, tag, subject.dockerfile)) return [];
    const stays = old !== undefined && built.go?.os === old;
    const found = stays ? 'none' : worst(leaving.map((each) => riskOf(each, built)));
    const risk = sameMeaning && found === 'unknown' ? 'none' : found;
    const release = risk === 'none' ? undefined : releaseName(built.go?.os);
    const title = release ? `Use golang:${tag}, which stands on ${release}` : `Use golang:${tag}`;
    return [{ risk, title, edits }];
  });
};

/**
 * The fix that puts the first of these tags below a golang stage whose release does not change or changes nothing, else
 * the first of which that is not known: that one is never safe. None where the programs that leave the stage would ask
 * for a newer libc than they find. `sameMeaning`: the old tag asks for no other release, and what is not known stays so.
 */
export const golangTagFix = (
  resolved: ResolvedImage,
  tags: readonly string[],
  subject: Subject,
  safe: boolean,
  sameMeaning = false,
): readonly Fix[] => {
  const all = candidates(resolved, tags, subject, sameMeaning);
  const best = all.find(({ risk }) => risk === 'none') ?? all.find(({ risk }) => risk === 'unknown');
  return best ? [{ title: best.title, safe: safe && best.risk === 'none', edits: best.edits }] : [];
};

import type { CancellationToken } from 'vscode-languageserver/node';
import type { SbomOutcome, SbomRequest } from '../protocol.ts';
import { builtImage } from './built-image.ts';
import type { Engine } from './engine.ts';
import type { Session } from './session.ts';

/** The bill of materials of the last image that was built of a Dockerfile. Never rejects. */
export async function billOfMaterials(
  session: Session,
  engine: Engine,
  { uri, format }: SbomRequest,
  token: CancellationToken,
): Promise<SbomOutcome> {
  const built = builtImage(session, uri);
  if ('reason' in built) return built;
  const { image, tags } = built.measured.outcome;
  const stop = new AbortController();
  const asked = token.onCancellationRequested(() => stop.abort());
  try {
    const question = { image, name: tags?.[0] ?? image, format };
    return await engine.sbom(question, (await session.settings.of(uri)).engine, stop.signal);
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  } finally {
    asked.dispose();
  }
}

import { type Disposable, extensions } from 'vscode';

/** Extensions that already report Dockerfile syntax, so that ours would say everything twice. */
const others = ['ms-azuretools.vscode-containers', 'ms-azuretools.vscode-docker', 'docker.docker'] as const;

/** Whether such an extension is installed and enabled in this extension host. */
export const hasOtherDockerfileExtension = (): boolean =>
  others.some((id) => extensions.getExtension(id) !== undefined);

/** Calls `changed` with the new answer whenever it changes. */
export function watchOtherExtensions(changed: (active: boolean) => void): Disposable {
  let last = hasOtherDockerfileExtension();
  return extensions.onDidChange(() => {
    const now = hasOtherDockerfileExtension();
    if (now === last) return;
    last = now;
    changed(now);
  });
}

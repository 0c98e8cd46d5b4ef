import manifest from '../../package.json' with { type: 'json' };

/** Where the project's pages are read on the web; the only place that knows it, derived from package.json's repository. */
const site = manifest.repository.url.replace(/\.git$/, '');

/** The web page of a rule; the same page lies in the extension as docs/rules/<id>.md. */
export const documentationUrl = (ruleId: string): string => `${site}/blob/main/docs/rules/${ruleId}.md`;

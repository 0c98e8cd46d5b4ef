import { commentsIn } from './comments.ts';
import { type Recipe, shellWord } from './recipe.ts';
import { compileMounts, runLines } from './run-lines.ts';
import { lines } from './text.ts';

/** The newest release on 2026-11-21; it debugs what the supported versions of Go compile. */
const delve = 'github.com/go-delve/delve/cmd/dlv@v1.27.2';

const testStage = (recipe: Recipe): readonly string[] => {
  const { test, cgo, saysVendor } = recipe;
  if (test === undefined) return [];
  const says = commentsIn(recipe.language, recipe.comments);
  const command = `CGO_ENABLED=${cgo ? '1' : '0'} go test${saysVendor ? ' -mod=vendor' : ''} ${shellWord(test)}`;
  return [
    lines`
    ${says('test')}
    FROM build AS test
    ${runLines(compileMounts(recipe), [command])}
  `,
  ];
};

/** Delve beside the sources that the program was compiled from, so that it can show them. */
const debugStage = (recipe: Recipe): readonly string[] => {
  const [program] = recipe.programs;
  if (!recipe.debug || !program) return [];
  const says = commentsIn(recipe.language, recipe.comments);
  const { path } = program;
  // On the machine that builds, whichever platforms the images are for.
  const build = `CGO_ENABLED=${recipe.cgo ? '1' : '0'} go build -gcflags="all=-N -l" -o ${shellWord(path)} ${shellWord(program.operand)}`;
  return [
    lines`
    ${says('debug')}
    FROM build AS debug
    ${runLines(compileMounts(recipe), [`CGO_ENABLED=0 go install ${delve}`, build])}
    ${program.port === undefined ? undefined : `EXPOSE ${program.port}`}
    EXPOSE 40000
    ENTRYPOINT ["dlv", "exec", "${path}", "--headless", "--listen=:40000", "--api-version=2", "--accept-multiclient", "--continue"]
  `,
  ];
};

/** Stages that no image of ours is built from: asked for by their names. */
export const sideStages = (recipe: Recipe): readonly string[] => [...testStage(recipe), ...debugStage(recipe)];

import type { Instruction } from '../../dockerfile/model.ts';
import { traceRun } from '../run/run.ts';
import { shellNow } from '../stage.ts';
import type { StageState, Walk } from '../state.ts';
import { traceCopy } from './copy.ts';
import { traceShell, traceUser, traceWorkdir } from './places.ts';
import { traceArg, traceEnv } from './variables.ts';

/** One instruction of the walk. Triggers of ONBUILD run in other builds and change nothing here. */
export const walkInstruction = (instruction: Instruction, state: StageState, walk: Walk): void => {
  if (instruction.onbuild) return;
  if (instruction.keyword === 'RUN') {
    state.moments.set(instruction, {
      env: state.env.view(),
      workdir: state.workdir,
      user: state.user,
      shell: shellNow(state),
    });
  }
  switch (instruction.keyword) {
    case 'ARG':
      traceArg(instruction, state, walk);
      break;
    case 'ENV':
      traceEnv(instruction, state, walk);
      break;
    case 'WORKDIR':
      traceWorkdir(instruction, state, walk);
      break;
    case 'USER':
      traceUser(instruction, state, walk);
      break;
    case 'SHELL':
      traceShell(instruction, state);
      break;
    case 'COPY':
    case 'ADD':
      traceCopy(instruction, state, walk);
      break;
    case 'RUN':
      traceRun(instruction, state, walk);
      break;
    case 'ENTRYPOINT':
      // A new ENTRYPOINT empties the CMD of the base image.
      state.entrypoint = instruction;
      if (!state.stage.instructions.includes(state.cmd as Instruction)) state.cmd = undefined;
      break;
    case 'CMD':
      state.cmd = instruction;
      break;
    case 'OTHER':
      // A build stops here; whoever builds it has another text, or a frontend that knows more.
      state.opaque = true;
      state.files.blur('/');
      break;
    default:
  }
};

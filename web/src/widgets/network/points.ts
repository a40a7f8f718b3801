import { NodePointProgram, type NodeProgramType } from 'sigma/rendering';
import type { RenderParams } from 'sigma/types';

/** What the programs of a stage ask before they draw. */
export interface Motion {
  /** Whether the view moves. */
  moving: boolean;
}

/**
 * Draws dots as points, which cost a third of the triangles that sigma draws otherwise. While the view moves, the second,
 * unseen drawing by which dots are found below the pointer is left out; whoever moves the view draws once more at its end.
 */
export function pointsOf(motion: Motion): NodeProgramType {
  return class extends NodePointProgram {
    override render(params: RenderParams) {
      const pick = this.pickProgram;
      if (motion.moving) this.pickProgram = null;
      super.render(params);
      this.pickProgram = pick;
    }
  };
}

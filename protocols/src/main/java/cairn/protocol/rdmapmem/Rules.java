package cairn.protocol.rdmapmem;

import cairn.part.pmu.PmuRules;
import cairn.part.sets.SetRules;

/**
 * The decisions on which safety hangs, each in one place and replaceable by itself: those of the
 * units, and those of the sets in them.
 */
interface Rules extends PmuRules, SetRules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};
}

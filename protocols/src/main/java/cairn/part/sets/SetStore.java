package cairn.part.sets;

import cairn.model.CpuCosts;
import cairn.part.pmu.Persistence;

/**
 * What whoever writes or reads sets has to know.
 *
 * @param persistence how sets are made durable
 * @param costs what copying, checksums and protecting take
 */
public record SetStore(
        SetSettings settings,
        Layout layout,
        Persistence persistence,
        CpuCosts costs,
        SetRules rules) {

    /** PMU-20: how many units must hold a set before it is relied upon. */
    public int holders() {
        return rules.holders(settings);
    }
}

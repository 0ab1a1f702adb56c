package cairn.model;

import cairn.model.fault.FaultKind;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a protocol with its settings promises.
 *
 * @param text one sentence for a reader
 * @param acknowledgement what an acknowledged checkpoint means
 * @param survives how many faults of each kind an acknowledged checkpoint survives; a kind that is
 *     absent may lose it
 * @param holdsOutput whether an output leaves only when the state behind it is recoverable
 * @param deepestRollback how many sealed checkpoints of a process a recovery passes over at the
 *     most, as long as the faults are covered
 */
public record Promise(
        String text,
        Acknowledgement acknowledgement,
        Map<FaultKind, Integer> survives,
        boolean holdsOutput,
        int deepestRollback) {

    /** As often as one likes. */
    public static final int ANY = Integer.MAX_VALUE;

    /** Of a protocol that goes back to its newest checkpoint, but for one in the making. */
    public Promise(
            String text,
            Acknowledgement acknowledgement,
            Map<FaultKind, Integer> survives,
            boolean holdsOutput) {
        this(text, acknowledgement, survives, holdsOutput, 1);
    }

    public Promise {
        EnumMap<FaultKind, Integer> copy = new EnumMap<>(FaultKind.class);
        copy.putAll(survives);
        survives = Collections.unmodifiableMap(copy);
    }

    /** Whether an acknowledged checkpoint is still promised after so many faults of a kind. */
    public boolean covers(FaultKind kind, int times) {
        return times <= survives.getOrDefault(kind, 0);
    }
}

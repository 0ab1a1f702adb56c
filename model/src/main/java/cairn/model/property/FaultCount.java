package cairn.model.property;

import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the faults that struck, class by class, and says whether the promise still covers what was
 * acknowledged at a given instant.
 *
 * <p>What strikes machines of one failure domain together counts once: while one of them is struck,
 * others of the same domain add nothing.
 *
 * <p>Faults of links and of clients lose no checkpoint and are not counted. A fault that was active
 * when a checkpoint was acknowledged counts for it. What decays or lies leaves damage behind even
 * when it has passed, so those classes count from the beginning of the run.
 */
final class FaultCount {

    private final Declaration declaration;
    private final Counts struck = new Counts();
    private final Counts active = new Counts();
    private final List<Counts> byDomain = new ArrayList<>();
    private @Nullable Counts latest;

    /** A number for each class of faults. */
    static final class Counts {
        private final Map<FaultKind, Integer> numbers = new EnumMap<>(FaultKind.class);

        private int of(FaultKind kind) {
            return numbers.getOrDefault(kind, 0);
        }

        private void add(FaultKind kind, int number) {
            numbers.merge(kind, number, Integer::sum);
        }
    }

    FaultCount(Declaration declaration) {
        this.declaration = declaration;
    }

    void struck(Observation.Struck observation) {
        count(observation.fault(), 1);
    }

    void healed(Observation.Healed observation) {
        count(observation.fault(), -1);
    }

    private void count(Fault fault, int change) {
        switch (fault) {
            case Fault.OfNode of -> count(of.kind(), of.node(), change);
            case Fault.OfDomain of when declaration.promise().survives().containsKey(of.kind()) ->
                    count(of.kind(), change);
            // A promise that does not speak of racks is held to what it says of their machines.
            case Fault.OfDomain of ->
                    of.nodes().forEach(node -> count(FaultKind.POWER_LOSS, node, change));
            case Fault.OfLink _ -> {
                // It takes no checkpoint from anybody.
            }
        }
    }

    private void count(FaultKind kind, NodeId node, int change) {
        if (kind == FaultKind.CUT || declaration.isClient(node)) {
            return;
        }
        int together = together(kind, node, change);
        if (together == (change > 0 ? 1 : 0)) {
            count(kind, change);
        }
        latest = null;
    }

    private void count(FaultKind kind, int change) {
        struck.add(kind, Math.max(change, 0));
        active.add(kind, change);
        latest = null;
    }

    /** How many machines of its domain a fault of its kind holds, if one more or less does. */
    private int together(FaultKind kind, NodeId node, int change) {
        int domain = declaration.promise().domain(node);
        if (domain < 0) {
            return change > 0 ? 1 : 0;
        }
        while (byDomain.size() <= domain) {
            byDomain.add(new Counts());
        }
        Counts here = byDomain.get(domain);
        here.add(kind, change);
        return here.of(kind);
    }

    /** How many of each class a checkpoint that is acknowledged now has already behind it. */
    Counts mark() {
        Counts mark = latest;
        if (mark == null) {
            mark = new Counts();
            for (FaultKind kind : FaultKind.values()) {
                mark.add(kind, leavesDamage(kind) ? 0 : struck.of(kind) - active.of(kind));
            }
            latest = mark;
        }
        return mark;
    }

    /** What a checkpoint that is as old as the run has behind it: nothing. */
    static Counts beginning() {
        return new Counts();
    }

    /** Whether the promise covers all that struck since a mark was taken. */
    boolean covered(Counts mark) {
        for (FaultKind kind : FaultKind.values()) {
            int since = struck.of(kind) - mark.of(kind);
            if (since > 0 && !declaration.promise().covers(kind, since)) {
                return false;
            }
        }
        return true;
    }

    /** The faults since a mark, for explanations: {@code POWER_LOSS x1}. */
    String since(Counts mark) {
        StringBuilder text = new StringBuilder();
        for (FaultKind kind : FaultKind.values()) {
            int since = struck.of(kind) - mark.of(kind);
            if (since > 0) {
                text.append(text.isEmpty() ? "" : ", ").append(kind).append(" x").append(since);
            }
        }
        return text.isEmpty() ? "none" : text.toString();
    }

    private static boolean leavesDamage(FaultKind kind) {
        return kind == FaultKind.MEMORY_ROT
                || kind == FaultKind.DISK_CORRUPTS
                || kind == FaultKind.DISK_LIES;
    }

    /** Whether a fault can take bytes from a machine that had not become durable. */
    static boolean losesBytes(Fault fault) {
        return switch (fault.kind()) {
            case WARM_RESET,
                    POWER_LOSS,
                    RACK_POWER_LOSS,
                    SITE_POWER_LOSS,
                    PERMANENT_LOSS,
                    CPU_HANG,
                    NIC_RESET,
                    MEMORY_ROT,
                    DISK_LIES,
                    DISK_FULL,
                    DISK_CORRUPTS ->
                    true;
            case PROCESS_CRASH,
                    PAUSE,
                    SLOW_NODE,
                    CLOCK,
                    SLOW_DISK,
                    DISK_FAILS,
                    FAILED_PROTECTION,
                    CUT,
                    BAD_LINK ->
                    false;
        };
    }

    /** The name of a node in explanations. */
    String role(NodeId node) {
        return declaration.role(node);
    }
}

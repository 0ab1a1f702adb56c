package cairn.virtual.jgroups;

import cairn.fault.FaultPlan;
import cairn.fault.SeededChoices;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.simulator.network.NetworkCosts;
import cairn.virtual.jgroups.GroupEvent.Installed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long a group takes to notice that something failed, by the real FD_ALL3, VERIFY_SUSPECT2 and
 * GMS, and to become one again, by the real MERGE3; in virtual nanoseconds.
 *
 * <p>Members start at random times, so that where in a heartbeat the failure falls is random, too.
 *
 * @param coordinator whether it was the coordinator that failed
 * @param firstNanos until the first of those that are left has a view without the failed
 * @param lastNanos until the last of them has
 * @param mergedNanos from the healing until all have one view of all again
 */
public record Detection(boolean coordinator, long firstNanos, long lastNanos, long mergedNanos) {

    private static final int MEMBERS = 5;
    private static final int VICTIM = 2;

    /** Long enough for each group to form and settle. */
    private static final Duration AT = Duration.ofSeconds(60);

    /** Beside the detector's own times. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private static final Duration MERGING = Duration.ofMinutes(10);

    /** What fails. */
    public enum Failure {
        /** The process of one of five is killed. */
        KILL,
        /** It stands still. */
        PAUSE,
        /** It is cut off from the others. */
        ISOLATION,
        /** Two of five are cut off from the other three; each side is to notice. */
        PARTITION
    }

    /**
     * Lets a failure happen once; empty if the group was not one when it did, or did not become one
     * again.
     */
    public static Optional<Detection> of(Failure failure, Stack stack, long seed) {
        Duration lasts = stack.suspect().plus(stack.verify()).plus(MARGIN);
        GroupScenario scenario =
                new GroupScenario(
                        MEMBERS,
                        stack,
                        Work.NONE,
                        NetworkCosts.MESSAGES,
                        plan(failure),
                        AT.plus(lasts),
                        MERGING);
        GroupResult result = Group.run(scenario, new SeededChoices(seed));
        long at = AT.toNanos();
        Map<Integer, Installed> before = new HashMap<>();
        Map<Integer, Long> noticed = new HashMap<>();
        for (GroupEvent event : result.journal()) {
            if (event instanceof Installed view && view.at() < at) {
                before.put(view.member().process(), view);
            } else if (event instanceof Installed view
                    && view.at() < at + lasts.toNanos()
                    && isNoticedBy(failure, view)) {
                noticed.putIfAbsent(view.member().process(), view.at() - at);
            }
        }
        List<Long> times =
                noticed.entrySet().stream()
                        .filter(entry -> failure == Failure.PARTITION || entry.getKey() != VICTIM)
                        .map(Map.Entry::getValue)
                        .sorted()
                        .toList();
        Installed view = before.get(VICTIM);
        int concerned = failure == Failure.PARTITION ? MEMBERS : MEMBERS - 1;
        if (view == null
                || view.members().size() < MEMBERS
                || times.size() < concerned
                || result.convergedNanos().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Detection(
                        view.members().getFirst().process() == VICTIM,
                        times.getFirst(),
                        times.getLast(),
                        result.convergedNanos().getAsLong() - result.healedNanos()));
    }

    private static boolean isNoticedBy(Failure failure, Installed view) {
        boolean left = isLeft(view.member());
        return view.members().stream()
                .noneMatch(member ->
                        failure == Failure.PARTITION
                                ? isLeft(member) != left
                                : member.process() == VICTIM);
    }

    /** On which side of the partition a member is. */
    private static boolean isLeft(Member member) {
        return member.process() < VICTIM;
    }

    private static FaultPlan plan(Failure failure) {
        NodeId victim = new NodeId(VICTIM);
        List<Fault> faults =
                switch (failure) {
                    case KILL -> List.of(new Fault.ProcessCrash(victim));
                    case PAUSE -> List.of(new Fault.Pause(victim));
                    case ISOLATION -> List.of(new Fault.Isolation(victim));
                    case PARTITION -> cuts();
                };
        Trigger when = new Trigger.At(AT.toNanos());
        return new FaultPlan(
                faults.stream().map(fault -> new Injection(when, fault, Injection.NEVER)).toList(),
                List.of());
    }

    private static List<Fault> cuts() {
        List<Fault> cuts = new ArrayList<>();
        for (int left = 0; left < VICTIM; left++) {
            for (int right = VICTIM; right < MEMBERS; right++) {
                cuts.add(new Fault.LinkCut(new NodeId(left), new NodeId(right)));
            }
        }
        return cuts;
    }
}

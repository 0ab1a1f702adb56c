package cairn.experiment.trial;

import cairn.experiment.catalogue.Faults;
import cairn.model.Activity;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.property.TimeLedgers;
import cairn.model.service.Request;
import cairn.report.Breakdown;
import cairn.report.DurationHistogram;
import cairn.report.FaultMark;
import cairn.report.Migrations;
import cairn.report.Throughput;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures one run by what happened in it.
 *
 * <p>A request counts from when the workload's schedule wanted it, so an open loop's waiting is not
 * omitted. A checkpoint counts from its cut to its acknowledgement. A recovery counts from the
 * fault that ended the service, or else from its end, to the next answer that any server lets go;
 * that of a rank counts to when it computes again. What latencies and throughput are until so many
 * answers were given, the warm-up, is not measured.
 */
final class Measurements implements Observer {

    /** More checkpoints than are ever under way at once. */
    private static final int CUTS = 64;

    private static final long NEVER = -1;

    private final List<String> roles;
    private final long warmUp;
    private final DurationHistogram.Recorder requests = new DurationHistogram.Recorder();
    private final DurationHistogram.Recorder checkpoints = new DurationHistogram.Recorder();
    private final DurationHistogram.Recorder recoveries = new DurationHistogram.Recorder();
    private final ThroughputCount throughput = new ThroughputCount();
    private final Rollbacks rollbacks;
    private final Moves moves;
    private final TimeLedgers ledger;
    private final List<FaultMark> faults = new ArrayList<>();
    private final long[] asked;
    private final long[] wantedAt;
    private final long[] cutEpochs;
    private final long[] cutAt;
    private final int[] homes;
    private final long[] endedAt;
    private long acknowledged;
    private long answers;
    private int leader = -1;
    private long struckAt = NEVER;
    private long outageSince = NEVER;

    Measurements(List<String> roles, int processes, long warmUp) {
        this.roles = roles;
        this.warmUp = warmUp;
        this.ledger = new TimeLedgers(processes);
        this.rollbacks = new Rollbacks(processes);
        this.moves = new Moves(processes);
        this.cutEpochs = new long[CUTS * processes];
        this.cutAt = new long[CUTS * processes];
        this.homes = new int[processes];
        this.endedAt = new long[processes];
        this.asked = new long[roles.size()];
        this.wantedAt = new long[roles.size()];
        Arrays.fill(cutEpochs, NEVER);
        Arrays.fill(homes, -1);
        Arrays.fill(endedAt, NEVER);
    }

    @Override
    public void on(Observation observation) {
        ledger.on(observation);
        switch (observation) {
            case Observation.Claimed(long at, NodeId node, int _, Fact fact, long _, var _) ->
                    claimed(at, node, fact);
            case Observation.Invoked(long _, long intendedAt, Request request) ->
                    invoked(intendedAt, request);
            case Observation.Answered(long at, var response) ->
                    answered(at, response.client(), response.number());
            case Observation.Released(long at, NodeId _, int _, var response) ->
                    released(at, response.refused());
            case Observation.Ended(long at, NodeId node, int _, String _) -> {
                for (int process = 0; process < homes.length; process++) {
                    if (homes[process] == node.index() && endedAt[process] == NEVER) {
                        endedAt[process] = struckAt == NEVER ? at : struckAt;
                    }
                }
                if (node.index() == leader) {
                    interrupted(at);
                    leader = -1;
                }
            }
            case Observation.Struck(long at, var fault) -> {
                faults.add(new FaultMark(at, Faults.label(fault, roles)));
                struckAt = struckAt == NEVER ? at : struckAt;
            }
            // Neither starts nor ends anything that is measured here.
            case Observation.Booted _, Observation.Accessed _, Observation.Healed _ -> {}
        }
    }

    private void claimed(long at, NodeId node, Fact fact) {
        switch (fact) {
            case Fact.Cut(int process, var epoch) -> {
                int place = place(process, epoch);
                cutEpochs[place] = epoch.number();
                cutAt[place] = at;
                moves.cut(process, epoch, at);
            }
            case Fact.Acknowledged(int process, var epoch) -> {
                acknowledged++;
                int place = place(process, epoch);
                if (cutEpochs[place] == epoch.number() && answers >= warmUp) {
                    checkpoints.record(at - cutAt[place]);
                    cutEpochs[place] = NEVER;
                }
            }
            case Fact.Leading _ -> {
                // A leader that only seems dead is replaced without ever ending.
                if (leader >= 0 && leader != node.index()) {
                    interrupted(at);
                }
                leader = node.index();
            }
            case Fact.Resumed(int process, var epoch) -> {
                homes[process] = node.index();
                moves.resumed(process, epoch, at);
            }
            case Fact.Moved(int process, var epoch) -> {
                homes[process] = node.index();
                moves.resumed(process, epoch, at);
            }
            case Fact.Migrated migrated -> moves.migrated(migrated);
            case Fact.Sealed sealed -> rollbacks.sealed(sealed);
            case Fact.Discarded discarded -> rollbacks.discarded(discarded);
            case Fact.Line(var epochs) -> rollbacks.line(epochs);
            case Fact.Doing(int process, Activity activity) -> {
                rollbacks.doing(activity);
                if (activity == Activity.USEFUL && endedAt[process] != NEVER) {
                    rankRecovered(process, at);
                }
            }
            case Fact.SteppedDown _ -> {
                if (node.index() == leader) {
                    interrupted(at);
                    leader = -1;
                }
            }
            // The account of time is kept elsewhere; the others say nothing about how long
            // something took.
            case Fact.Applied _,
                    Fact.Laid _,
                    Fact.Removed _,
                    Fact.Granted _,
                    Fact.Revoked _,
                    Fact.Authenticated _,
                    Fact.Directory _,
                    Fact.Managing _,
                    Fact.Obeyed _,
                    Fact.Registered _,
                    Fact.Held _,
                    Fact.Pledged _,
                    Fact.Logged _,
                    Fact.OfRank _,
                    Fact.Emitted _,
                    Fact.Retained _,
                    Fact.Reached _ -> {}
        }
    }

    private static int place(int process, Epoch epoch) {
        return process * CUTS + (int) (epoch.number() % CUTS);
    }

    /** Of a service, the next answer counts instead. */
    private void rankRecovered(int process, long at) {
        if (leader < 0 && outageSince == NEVER) {
            recoveries.record(at - endedAt[process]);
            struckAt = NEVER;
        }
        endedAt[process] = NEVER;
    }

    private void interrupted(long at) {
        if (outageSince == NEVER) {
            outageSince = struckAt == NEVER ? at : struckAt;
        }
    }

    private void released(long at, boolean refused) {
        if (refused) {
            return;
        }
        if (outageSince != NEVER) {
            recoveries.record(at - outageSince);
            outageSince = NEVER;
        }
        struckAt = NEVER;
    }

    private void invoked(long intendedAt, Request request) {
        int client = request.client().index();
        // A repeat of a request is the same wish.
        if (asked[client] < request.number()) {
            asked[client] = request.number();
            wantedAt[client] = intendedAt;
        }
    }

    private void answered(long at, NodeId client, long number) {
        // An answer to an earlier request than the last is late, and its wish is forgotten.
        boolean known = asked[client.index()] == number;
        long latency = known ? at - wantedAt[client.index()] : 0;
        throughput.count(at, latency);
        if (++answers == warmUp) {
            throughput.warm(at, answers);
        } else if (known && answers > warmUp) {
            requests.record(latency);
        }
    }

    long checkpoints() {
        return acknowledged;
    }

    long rollbacks() {
        return rollbacks.count();
    }

    long deepestRollback() {
        return rollbacks.deepest();
    }

    Migrations migrations() {
        return moves.migrations();
    }

    DurationHistogram requestLatency() {
        return requests.toHistogram();
    }

    DurationHistogram checkpointLatency() {
        return checkpoints.toHistogram();
    }

    DurationHistogram recovery() {
        return recoveries.toHistogram();
    }

    Throughput throughput() {
        return throughput.throughput();
    }

    List<FaultMark> faults() {
        return List.copyOf(faults);
    }

    /** Where the time until the end went; called once. */
    Breakdown breakdown(long endNanos) {
        ledger.close(endNanos);
        return new Breakdown(
                ledger.total(),
                ledger.nanos(Activity.USEFUL),
                ledger.nanos(Activity.CHECKPOINT_PAUSE),
                ledger.nanos(Activity.FAULT_STALL),
                ledger.nanos(Activity.LOGGING),
                ledger.nanos(Activity.LOST),
                ledger.nanos(Activity.RESTART),
                ledger.nanos(Activity.DOWN));
    }
}

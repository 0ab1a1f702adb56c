package cairn.protocol.checkpointserver;

import cairn.fault.FaultPlan;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.part.view.Pulse;
import cairn.part.view.View;
import cairn.protocol.Plans;
import cairn.protocol.SeededBug;
import cairn.protocol.Surroundings;
import cairn.simulator.Scenario;

import java.util.List;

/** Realistic mistakes around a checkpoint server, one at a time; each has to be caught. */
public final class CheckpointServerBugs {

    private static final CheckpointServerSettings PLAIN = CheckpointServerSettings.DEFAULT;
    private static final Topology TOPOLOGY = new Topology(PLAIN.hosts());
    private static final NodeId PRIMARY = TOPOLOGY.hosts().getFirst();
    private static final NodeId BACKUP = TOPOLOGY.hosts().get(1);

    private CheckpointServerBugs() {}

    /** In the order of the list of bugs. */
    public static List<SeededBug> all() {
        return List.of(
                bug(
                        "C3",
                        "ACK_ON_RECEIVE",
                        List.of("DUR"),
                        PLAIN,
                        new AcknowledgesOnReceipt(),
                        powerLosses()),
                bug(
                        "C6",
                        "STALE_LOAD",
                        List.of("DUR", "MONO"),
                        PLAIN,
                        new WhatIsHeld(),
                        crashesBehindCuts()),
                bug(
                        "C6",
                        "STALE_LOAD, by its answers",
                        List.of("LIN"),
                        PLAIN,
                        new WhatIsHeld(),
                        crashesBehindCuts()),
                bug(
                        "C8",
                        "NO_REREPLICATE",
                        List.of("DEG"),
                        PLAIN,
                        new NobodyRecruited(),
                        backupLost()),
                bug(
                        "C12",
                        "REGISTRY_VOLATILE",
                        List.of("LIVE"),
                        PLAIN,
                        new ForgetsViews(),
                        managerAndHostsCrash()),
                bug(
                        "S5",
                        "FALSE_SUSPICION",
                        List.of("SP", "FENCE"),
                        PLAIN,
                        new NoFence(),
                        cutsFromManager()),
                bug(
                        "S6",
                        "NO_HANG_DETECT",
                        List.of("LIVE"),
                        new CheckpointServerSettings(
                                Style.WARM, 4, 1, 256, 500_000, 5_000_000, 0.005),
                        new AnswersAreLife(),
                        FaultPlan.NONE));
    }

    private static SeededBug bug(
            String id,
            String name,
            List<String> caughtBy,
            CheckpointServerSettings settings,
            Rules broken,
            FaultPlan plan) {
        return new SeededBug(
                id,
                name,
                caughtBy,
                _ -> scenario(settings, broken, plan),
                _ -> scenario(settings, Rules.SOUND, plan));
    }

    private static Scenario<?> scenario(
            CheckpointServerSettings settings, Rules rules, FaultPlan plan) {
        return Surroundings.scenario(
                (service, clients, costs) ->
                        new CheckpointServer(settings, service, clients, costs, rules),
                Surroundings.bank(),
                600,
                plan);
    }

    private static FaultPlan powerLosses() {
        return hostsCrash(
                        new Plans()
                                .every(9_000_000, new Fault.PowerLoss(TOPOLOGY.server()), 500_000))
                .plan();
    }

    private static Plans hostsCrash(Plans plans) {
        TOPOLOGY.hosts()
                .forEach(host -> plans.every(25_000_000, new Fault.ProcessCrash(host), 500_000));
        return plans;
    }

    private static FaultPlan crashesBehindCuts() {
        Plans plans = new Plans();
        for (NodeId from : TOPOLOGY.hosts()) {
            NodeId to = new NodeId((from.index() + 1) % TOPOLOGY.hostCount());
            plans.every(20_000_000, new Fault.LinkCut(from, to), 12_000_000);
        }
        return hostsCrash(plans).plan();
    }

    private static FaultPlan backupLost() {
        return new FaultPlan(
                List.of(
                        new Injection(
                                new Trigger.At(40_000_000),
                                new Fault.PermanentLoss(BACKUP),
                                30_000_000)),
                List.of());
    }

    private static FaultPlan managerAndHostsCrash() {
        return hostsCrash(
                        new Plans()
                                .every(
                                        30_000_000,
                                        new Fault.ProcessCrash(TOPOLOGY.manager()),
                                        500_000))
                .plan();
    }

    private static FaultPlan cutsFromManager() {
        Plans plans = new Plans();
        for (NodeId host : List.of(PRIMARY, BACKUP)) {
            plans.every(20_000_000, new Fault.LinkCut(host, TOPOLOGY.manager()), 15_000_000);
        }
        return plans.plan();
    }

    /** C3: a checkpoint is acknowledged when it has arrived. */
    private static final class AcknowledgesOnReceipt implements Rules {
        @Override
        public boolean mayAcknowledge(boolean durable) {
            return true;
        }
    }

    /** C6: a backup that holds a checkpoint goes on from it, whatever the server has. */
    private static final class WhatIsHeld implements Rules {
        @Override
        public boolean goesOnFromHeld(boolean isNewest) {
            return true;
        }
    }

    /** C8: hosts are chosen when the application starts, and then never again. */
    private static final class NobodyRecruited implements Rules {
        @Override
        public boolean recruits(View before) {
            return before.term() == 0;
        }
    }

    /** C12: views are not stored, and a manager that starts again begins with the first one. */
    private static final class ForgetsViews implements Rules {
        @Override
        public boolean registersBeforeActing() {
            return false;
        }
    }

    /** S5: who is wrongly suspected goes on, and the server takes what it sends. */
    private static final class NoFence implements Rules {
        @Override
        public boolean isOutranked(long term, long highest) {
            return false;
        }
    }

    /** S6: a host that answers is taken for well. */
    private static final class AnswersAreLife implements Rules {
        @Override
        public boolean isSignOfLife(Pulse before, Pulse now) {
            return true;
        }
    }
}

package cairn.protocol.migration;

import cairn.application.crew.Crew;
import cairn.application.crew.CrewSettings;
import cairn.application.wandering.Wandering;
import cairn.application.wandering.WanderingSettings;
import cairn.fault.FaultPlan;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.computation.Computation;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.LinkQuality;
import cairn.model.fault.Trigger;
import cairn.part.transfer.Form;
import cairn.protocol.Dice;
import cairn.protocol.Ranks;
import cairn.protocol.SeededBug;
import cairn.simulator.Scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Realistic mistakes in live migration, one at a time. */
public final class MigrationBugs {

    private static final Computation CREW =
            new Crew(new CrewSettings(3, 2, 300, 6_000, 12, 4, 0.5, 5, 7));

    private static final Computation WANDERING =
            new Wandering(new WanderingSettings(3, 4, 100, 200, 20_000, 8));

    private MigrationBugs() {}

    /** Every mistake: the one of the list of bugs, and others of its class. */
    public static List<SeededBug> all() {
        Function<Dice, FaultPlan> none = _ -> FaultPlan.NONE;
        return List.of(
                bug(
                        "B25",
                        "MIGRATE_TWO_COPIES",
                        "SP EO",
                        Form.STOP_AND_COPY,
                        WANDERING,
                        MigrationBugs::directorIsHeardLate,
                        GoesOnByItself::new),
                bug(
                        "B25a",
                        "TARGET_GOES_ON_UNASKED",
                        "SP EO",
                        Form.PRE_COPY,
                        WANDERING,
                        MigrationBugs::directorIsHeardLate,
                        TakesUnasked::new),
                bug(
                        "B25b",
                        "LAST_CHANGES_NOT_SENT",
                        "CLEAN SNAP ATOM",
                        Form.PRE_COPY,
                        CREW,
                        none,
                        LeavesLastChanges::new),
                bug(
                        "B25c",
                        "READ_BEFORE_RECORDED",
                        "CLEAN SNAP ATOM",
                        Form.PRE_COPY,
                        CREW,
                        none,
                        RecordsLate::new),
                bug(
                        "B25d",
                        "REMAP_NOT_SENT",
                        "CLEAN SNAP ATOM",
                        Form.PRE_COPY,
                        CREW,
                        none,
                        IgnoresRemaps::new),
                bug(
                        "B25e",
                        "INBOX_LEFT_BEHIND",
                        "EO",
                        Form.STOP_AND_COPY,
                        WANDERING,
                        none,
                        LeavesInbox::new),
                bug(
                        "B25f",
                        "STALE_PAGE_OVER_NEWER",
                        "RES",
                        Form.POST_COPY,
                        CREW,
                        MigrationBugs::pagesComeLate,
                        InstallsTwice::new));
    }

    /** What the director and the nodes say to each other is lost or late, both ways. */
    private static FaultPlan directorIsHeardLate(Dice dice) {
        NodeId director = new NodeId(4);
        LinkQuality bad = new LinkQuality(0.5, 0, 0.5, 0, 400_000);
        List<Injection> faults = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            for (Fault fault :
                    List.of(
                            new Fault.BadLink(director, new NodeId(node), bad),
                            new Fault.BadLink(new NodeId(node), director, bad))) {
                faults.add(new Injection(new Trigger.At(dice.nanos(1, 1_000)), fault, 20_000_000));
            }
        }
        return new FaultPlan(faults, List.of());
    }

    /** Links between nodes lose and delay. */
    private static FaultPlan pagesComeLate(Dice dice) {
        LinkQuality bad = new LinkQuality(0.05, 0, 0.3, 0, 20_000);
        List<Injection> faults = new ArrayList<>();
        for (int from = 0; from < 4; from++) {
            for (int to = 0; to < 4; to++) {
                if (from != to) {
                    faults.add(
                            new Injection(
                                    new Trigger.At(dice.nanos(1, 1_000)),
                                    new Fault.BadLink(new NodeId(from), new NodeId(to), bad),
                                    20_000_000));
                }
            }
        }
        return new FaultPlan(faults, List.of());
    }

    private static SeededBug bug(
            String id,
            String name,
            String caughtBy,
            Form form,
            Computation computation,
            Function<Dice, FaultPlan> faults,
            Supplier<Rules> rules) {
        return new SeededBug(
                id,
                name,
                List.of(caughtBy.split(" ", -1)),
                seed -> scenario(seed, form, computation, faults, rules.get()),
                seed -> scenario(seed, form, computation, faults, Rules.SOUND));
    }

    private static Scenario<?> scenario(
            long seed,
            Form form,
            Computation computation,
            Function<Dice, FaultPlan> faults,
            Rules rules) {
        long patience = form == Form.POST_COPY ? 2_000_000 : 150_000;
        var settings = new MigrationSettings(form, 100_000, 1, 1, 5, 1, 0.9, patience, 60_000);
        var protocol = new Migration(settings, computation, CpuCosts.DEFAULT, rules);
        return Ranks.brief(protocol, computation, faults.apply(new Dice(seed)));
    }

    /** A source that has heard nothing for a while takes the move for failed. */
    private static final class GoesOnByItself implements Rules {
        @Override
        public boolean asksBeforeGoingOn() {
            return false;
        }
    }

    /** A target that has everything goes on, and tells the director that it does. */
    private static final class TakesUnasked implements Rules {
        @Override
        public boolean waitsForWord() {
            return false;
        }
    }

    /** When rounds are over, all pages are there. */
    private static final class LeavesLastChanges implements Rules {
        @Override
        public boolean sendsLastChanges() {
            return false;
        }
    }

    /** The first pages of a round are read, and then stores are recorded. */
    private static final class RecordsLate implements Rules {
        @Override
        public boolean recordsBeforeReading() {
            return false;
        }
    }

    /** Nobody tells the protocol that a range was mapped anew. */
    private static final class IgnoresRemaps implements Rules {
        @Override
        public boolean mindsRemaps() {
            return false;
        }
    }

    /** What the process has not received yet is not a part of it. */
    private static final class LeavesInbox implements Rules {
        @Override
        public boolean carriesInbox() {
            return false;
        }
    }

    /** Whatever page arrives is put in place. */
    private static final class InstallsTwice implements Rules {
        @Override
        public boolean installs(boolean isAbsent) {
            return true;
        }
    }
}

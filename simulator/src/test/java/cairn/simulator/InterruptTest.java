package cairn.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.fault.CalmChoices;
import cairn.fault.FaultPlan;
import cairn.model.Acknowledgement;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Hardware;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Outbox;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.fault.Fault;
import cairn.model.fault.Injection;
import cairn.model.fault.Trigger;
import cairn.model.property.Bounds;
import cairn.model.service.Workload;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Work on another core, and taken off it, as a process sees it. */
final class InterruptTest {

    private static final NodeId ONE = new NodeId(0);
    private static final long MICRO = 1_000;

    /** One machine, which says what was computed: as the number of an epoch. */
    private record Computing(
            Consumer<Outbox<Ticker.Silence>> atBoot,
            BiConsumer<Event<Ticker.Silence>, Outbox<Ticker.Silence>> then)
            implements Protocol<Ticker.Silence> {

        @Override
        public String name() {
            return "computing";
        }

        @Override
        public List<Seat> seats() {
            return List.of(new Seat("one", Hardware.PLAIN));
        }

        @Override
        public Promise promise() {
            return new Promise("nothing", Acknowledgement.RECEIVED, Map.of(), false);
        }

        @Override
        public List<NodeId> servers() {
            return List.of(ONE);
        }

        @Override
        public Node<Ticker.Silence> node(NodeId place) {
            return new Node<>() {
                @Override
                public void boot(Boot boot, Outbox<Ticker.Silence> out) {
                    atBoot.accept(out);
                }

                @Override
                public void on(Event<Ticker.Silence> event, Outbox<Ticker.Silence> out) {
                    if (event instanceof Event.Computed<Ticker.Silence>(long token)) {
                        out.claim(new Fact.Cut(new Epoch(token)));
                    } else {
                        then.accept(event, out);
                    }
                }

                @Override
                public String waitsFor() {
                    return "its work";
                }
            };
        }
    }

    /** What was computed and when, in microseconds: "3 @500". */
    private static List<String> computed(Computing protocol, Injection... faults) {
        Scenario<Ticker.Silence> scenario =
                new Scenario<>(
                        protocol,
                        new Counter(),
                        new Workload(1, 1, new Workload.Loop.Closed(0), 1_000 * MICRO),
                        new Environment(
                                CpuCosts.DEFAULT,
                                NetworkCosts.constant("", 10_000, 1.2),
                                RdmaCosts.DEFAULT,
                                Platform.COMMON,
                                DiskCosts.NVME_PROTECTED,
                                false),
                        new FaultPlan(List.of(faults), List.of()),
                        new Bounds(8, 1_000 * MICRO, 1_000 * MICRO),
                        new Limits(3_000 * MICRO, 0, 0, 10_000));
        List<String> computed = new ArrayList<>();
        new Simulation<>(
                        scenario,
                        new CalmChoices(),
                        List.of(),
                        List.of(seen -> {
                            if (seen instanceof Observation.Claimed claimed
                                    && claimed.fact() instanceof Fact.Cut(int _, var epoch)) {
                                computed.add(epoch.number() + " @" + claimed.at() / MICRO);
                            }
                        }),
                        null)
                .run();
        return computed;
    }

    @Test
    void whatIsInterruptedIsNotHeardOfAgain() {
        List<Long> left = new ArrayList<>();
        Computing protocol =
                new Computing(
                        out -> {
                            out.compute(1, 100 * MICRO);
                            out.compute(2, 100 * MICRO);
                            out.compute(3, 100 * MICRO);
                            out.arm(0, 40 * MICRO);
                        },
                        (event, out) -> {
                            if (event instanceof Event.Fired<Ticker.Silence>) {
                                left.add(out.interrupt(1));
                                left.add(out.interrupt(3));
                            }
                        });
        assertEquals(List.of("2 @200"), computed(protocol));
        assertEquals(List.of(60 * MICRO, 100 * MICRO), left);
    }

    @Test
    void whatIsDoneWhileTheProcessIsBusyIsNotInterruptedAndFollows() {
        List<Long> left = new ArrayList<>();
        Computing protocol =
                new Computing(
                        out -> {
                            out.compute(1, 100 * MICRO);
                            out.spend(200 * MICRO);
                            left.add(out.interrupt(1));
                        },
                        (_, _) -> {});
        assertEquals(List.of("1 @200"), computed(protocol));
        assertEquals(List.of(0L), left);
    }

    @Test
    void aProcessThatCrashedLeavesItsCoresToTheNextOne() {
        Computing protocol = new Computing(out -> out.compute(1, 500 * MICRO), (_, _) -> {});
        Injection crash =
                new Injection(
                        new Trigger.At(100 * MICRO), new Fault.ProcessCrash(ONE), 100 * MICRO);
        assertEquals(List.of("1 @700"), computed(protocol, crash));
    }
}

package cairn.benchmark.run;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.application.stencil.Stencil;
import cairn.application.stencil.StencilSettings;
import cairn.application.wandering.Wandering;
import cairn.application.wandering.WanderingSettings;
import cairn.experiment.catalogue.ProtocolForm;
import cairn.experiment.catalogue.Shipped;
import cairn.fault.FaultPlan;
import cairn.fault.SeededChoices;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.Message;
import cairn.model.Protocol;
import cairn.model.property.Bounds;
import cairn.model.property.Properties;
import cairn.model.service.Workload;
import cairn.rdma.Platform;
import cairn.rdma.RdmaCosts;
import cairn.simulator.Environment;
import cairn.simulator.Limits;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.network.NetworkCosts;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One run of every protocol of the catalogue with its default settings, nothing fails, all
 * properties judged: how fast it is, and what is still held for each place after it. Prints a row
 * for each.
 *
 * <p>Without an argument: the bank with 100,000 requests of eight clients under each protocol of a
 * service, the stencil with 64 ranks and 1,000 exchanges under each of a computation. {@code
 * nodes}: the stencil with 10,000 ranks. {@code memory}: eight ranks of 1 GiB each, most of it
 * never touched.
 */
public final class EveryProtocol {

    private static final long MOST_EVENTS = 200_000_000;
    private static final int PAGES_OF_A_GIBIBYTE = 1 << 18;

    private EveryProtocol() {}

    /** Measures what the argument says. */
    public static void main(String[] arguments) {
        String what = arguments.length == 0 ? "all" : arguments[0];
        System.out.println(
                "| protocol | thousand events | CPU s | million events/s | KB a place | places |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        switch (what) {
            case "all" -> {
                // Once without a word, so that what is measured is compiled.
                rows(bank(10_000)).forEach(_ -> {});
                rows(stencil(64, 100)).forEach(_ -> {});
                rows(bank(100_000)).forEach(System.out::println);
                rows(stencil(64, 1_000)).forEach(System.out::println);
            }
            case "nodes" -> System.out.println(row("coordinated", stencil(10_000, 16)));
            case "memory" -> System.out.println(row("dirty-pages", gibibytes()));
            default -> throw new IllegalArgumentException("all, nodes or memory: " + what);
        }
    }

    private static Application gibibytes() {
        return new Application.Parallel(
                new Wandering(new WanderingSettings(8, 20, 200, 256, 20_000, PAGES_OF_A_GIBIBYTE)));
    }

    private static Application bank(long requests) {
        var workload = new Workload(8, requests, new Workload.Loop.Closed(0), 10_000_000);
        return new Application.Served(new Bank(BankSettings.DEFAULT), workload);
    }

    private static Application stencil(int ranks, int exchanges) {
        return new Application.Parallel(
                new Stencil(new StencilSettings(ranks, 1, 512, exchanges, 20_000, 0)));
    }

    /** A row for each protocol that fits; each is run when its row is asked for. */
    private static Stream<String> rows(Application application) {
        return Shipped.catalogue().protocols().stream()
                .filter(form -> form.protects(application))
                .map(form -> row(form, application));
    }

    private static String row(String name, Application application) {
        return Shipped.catalogue().protocols().stream()
                .filter(form -> form.name().equals(name))
                .map(form -> row(form, application))
                .findFirst()
                .orElseThrow();
    }

    private static String row(ProtocolForm form, Application application) {
        return row(
                form.name(),
                scenario(form.make(form.defaults(), application, CpuCosts.DEFAULT), application));
    }

    private static <M extends Message> String row(String name, Scenario<M> scenario) {
        long before = held();
        long begun = processorNanos();
        var simulation =
                new Simulation<>(
                        scenario,
                        new SeededChoices(1),
                        Properties.of(scenario.application()),
                        List.of(),
                        null);
        RunResult result = simulation.run();
        double seconds = (processorNanos() - begun) / 1e9;
        if (!result.finished() || result.isViolated()) {
            throw new IllegalStateException("not a run to be timed: " + name + ": " + result);
        }
        long kept = held() - before;
        int places = scenario.protocol().seats().size() + scenario.application().clients();
        // What it holds was counted while it is still in use.
        if (simulation.events() != result.events()) {
            throw new IllegalStateException("the run went on");
        }
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %.2f | %.2f | %,d | %,d |",
                name,
                result.events() / 1_000,
                seconds,
                result.events() / seconds / 1e6,
                kept / places / 1_000,
                places);
    }

    private static <M extends Message> Scenario<M> scenario(
            Protocol<M> protocol, Application application) {
        return new Scenario<>(
                protocol,
                application,
                new Environment(
                        CpuCosts.DEFAULT,
                        NetworkCosts.MESSAGES,
                        RdmaCosts.DEFAULT,
                        Platform.DIRECT_WRITE,
                        DiskCosts.NVME_PROTECTED,
                        false),
                FaultPlan.NONE,
                new Bounds(1_000_000, 60_000_000_000L, 5_000_000),
                new Limits(1_000_000, 2_000_000, 1_000_000, MOST_EVENTS));
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Bytes on the heap that are in use, once what is not was collected. */
    private static long held() {
        System.gc();
        Runtime heap = Runtime.getRuntime();
        return heap.totalMemory() - heap.freeMemory();
    }
}

package cairn.experiment.command;

import cairn.cluster.probe.MessageProbe;
import cairn.cluster.run.LiveFailure;
import cairn.experiment.file.Dimension;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.experiment.machine.Machine;
import cairn.experiment.machine.Machine.Measured;
import cairn.experiment.machine.Machine.Spread;
import cairn.experiment.machine.PageCosts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures this machine and writes a cost model that experiments can include. */
@Command(
        name = "calibrate",
        description = {
            "Measures what elementary steps cost on this machine and writes a cost model file.",
            "It measures the disk that the file lies on, the loopback in place of a network, and"
                    + " what JGroups",
            "adds to it."
        },
        footer = {
            "",
            "Example:",
            "  ./cairn calibrate my-machine.yaml",
            "  and in an experiment file:  include: my-machine.yaml"
        })
final class CalibrateCommand implements Callable<Integer> {

    /** A value and a remark behind it. */
    private static final Pattern REMARKED = Pattern.compile("( *[^# ][^#]*?) +# (.*)");

    private final Workbench bench;

    @Parameters(paramLabel = "FILE", description = "The file to write; it must not be there yet.")
    private Path file = Path.of("");

    @Option(
            names = "--times",
            paramLabel = "N",
            description = "How often each step is repeated; otherwise ${DEFAULT-VALUE}.")
    private int times = 200;

    CalibrateCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (times < 10 || times > 1_000_000) {
            throw new UserMistake("--times: 10 to 1000000: " + times);
        }
        Path path = bench.terminal().resolve(file);
        if (Files.exists(path)) {
            throw new UserMistake(file + ": is there already; name another file");
        }
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new UserMistake(file + ": cannot be written there; is the folder there?");
        }
        Measured measured = new Machine(folder, times).measure();
        String text = aligned(text(measured, messages(measured)));
        Files.writeString(path, text, StandardOpenOption.CREATE_NEW);
        bench.terminal().out().print(text);
        bench.terminal().out().flush();
        return ExitCode.HOLDS;
    }

    /** Remarks behind values below each other. */
    static String aligned(String text) {
        var aligned = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            Matcher found = REMARKED.matcher(line);
            aligned.append(
                            found.matches()
                                    ? Line.of("%-29s # %s", found.group(1), found.group(2))
                                    : line)
                    .append('\n');
        }
        return aligned.toString().stripTrailing() + "\n";
    }

    /** What JGroups adds to a message; a remark where it cannot be measured. */
    private String messages(Measured measured) {
        try {
            long trip = MessageProbe.measure(10 * times).median();
            long added = Math.max(1, (trip - measured.roundTrip().median()) / 2);
            return Line.of(
                    """
                        message: %s       # what JGroups adds to TCP for each: %s there and back for 64 B
                    """,
                    duration(added), duration(trip));
        } catch (LiveFailure e) {
            return Line.of(
                    """
                        # Nothing of JGroups' messages: %s.
                    """,
                    Objects.toString(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static String text(Measured measured, String messages) {
        Spread trip = measured.roundTrip();
        long oneWay = trip.median() / 2;
        long floor = Math.min(trip.least() / 2, oneWay);
        double above = Math.max(1, oneWay - floor);
        double tail = Math.max(1, (trip.most() / 2.0 - floor) / above);
        return Line.of(
                """
                # Measured on this machine by ./cairn calibrate: medians of %d repetitions. What cannot be measured from
                # here (RDMA, persistent memory) is as it is without this file.
                environment:
                  cpu:
                    memcpy: %s        # copying 8 MiB
                    checksum: %s      # CRC-32C of 8 MiB
                    copy on write: %s # the first store to a page of a private mapping
                %s%s    process start: %s # a Java process that prints its version
                  network:
                    # Over TCP on the loopback, half of %s there and back: a network takes longer.
                    link: {latency: {median: %s, floor: %s, tail: %s}}
                  disk:
                    model: nvme-consumer
                    sync: %s          # 4 KiB and their sync; %s at the 99.9th percentile
                    bandwidth: %s     # 8 MiB and their sync
                """,
                measured.samples(),
                bandwidth(measured.copyBytesPerNano()),
                bandwidth(measured.checksumBytesPerNano()),
                duration(measured.copyOnWriteNanos()),
                pages(measured.pages()),
                messages,
                duration(measured.processStartNanos()),
                duration(trip.median()),
                duration(Math.round(above)),
                duration(floor),
                rounded(tail).toPlainString(),
                duration(measured.sync().median()),
                duration(measured.sync().most()),
                bandwidth(measured.writeBytesPerNano()));
    }

    private static String pages(PageCosts costs) {
        if (!costs.isMeasured()) {
            return Line.of(
                    """
                        # Nothing of protected pages: this machine cannot, %s.
                    """,
                    costs.missing());
        }
        return Line.of(
                """
                    protect page: %s  # by userfaultfd, as one of 8 MiB
                    fault: %s         # a store that is stopped until another thread has unprotected the page
                    # Where the kernel only notes stores: the first one to a page takes %s, and asking for all
                    # pages which were stored to %s a page.
                """,
                nanos(costs.protectNanos()),
                duration(costs.faultNanos()),
                duration(costs.noteNanos()),
                nanos(costs.scanNanos()));
    }

    private static String nanos(double nanos) {
        return duration(Math.max(1, Math.round(nanos)));
    }

    private static String duration(long nanos) {
        return Dimension.DURATION.write(rounded((double) nanos));
    }

    private static String bandwidth(double bytesPerNano) {
        return rounded(bytesPerNano).toPlainString() + " GB/s";
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros();
    }
}

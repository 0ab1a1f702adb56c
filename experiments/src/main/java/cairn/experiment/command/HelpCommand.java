package cairn.experiment.command;

import cairn.experiment.definition.Reference;
import cairn.experiment.file.Line;
import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.experiment.models.Models;
import cairn.experiment.reference.Entry;
import cairn.experiment.reference.JsonSchema;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Explains the keys of experiment files, and the commands. */
@Command(
        name = "help",
        description = {
            "Explains a key of experiment files: what may stand behind it, its default, what it"
                    + " decides.",
            "Without a key it lists those of the first level. It explains a command as well."
        },
        footer = {
            "",
            "Examples:",
            "  ./cairn help environment.disk",
            "  ./cairn help heartbeat",
            "  ./cairn help --schema > experiment.schema.json"
        })
final class HelpCommand implements Callable<Integer> {

    /** As --set names a key of one fault: 'faults.crash primary.every'. */
    private static final Pattern ITEM = Pattern.compile("faults\\.[^.]+\\.(.+)");

    /** Commands that the launcher does itself, since they build and run what tests are made of. */
    private static final Map<String, String> LAUNCHED =
            Map.of(
                    "scoreboard",
                    "./cairn scoreboard [--repeats N] [--runs N] [--seconds N]\n"
                            + "Measures which strategy finds which seeded bug, and writes"
                            + " docs/scoreboard.md.",
                    "mutation",
                    "./cairn mutation\n"
                            + "Changes the code a little, again and again, and counts which changes"
                            + " no test notices.",
                    "sound",
                    "./cairn sound [--runs N] [--from SEED] [--protocols NAME,...]\n"
                            + "Tries every strategy on every correct protocol and counts false"
                            + " alarms: docs/performance.md.",
                    "jepsen",
                    "./cairn jepsen FILE.clj\n"
                            + "Runs a test in Clojure, as a user of Jepsen writes it:"
                            + " docs/jepsen.md.");

    private final Workbench bench;

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "KEY",
            description = "A key, with or without what stands above it: sync, disk.sync.")
    private List<String> words = List.of();

    @Option(
            names = "--schema",
            description = "Print the JSON Schema of experiment files, for editors.")
    private boolean schema;

    HelpCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() {
        var reference = new Reference(bench.catalogue(), Models.all());
        PrintWriter say = bench.terminal().out();
        if (schema) {
            say.print(JsonSchema.of(reference.keys()));
            say.flush();
            return ExitCode.HOLDS;
        }
        List<Entry> entries = Entry.all(reference.keys());
        // A key of two words needs no quotes.
        String asked = String.join(" ", words).strip();
        if (asked.isEmpty()) {
            say.println("Keys of an experiment file; ./cairn help KEY says more:");
            list(entries, "");
        } else if (!explainCommand(asked)) {
            explain(entries, asked);
        }
        say.flush();
        return ExitCode.HOLDS;
    }

    /** A command, or one that is under it: run, cluster run. */
    private boolean explainCommand(String asked) {
        CommandLine command =
                spec == null || spec.parent() == null ? null : spec.parent().commandLine();
        for (String word : asked.split(" +", -1)) {
            command = command == null ? null : command.getSubcommands().get(word);
        }
        if (command == null) {
            return explainLaunched(asked);
        }
        command.usage(bench.terminal().out());
        return true;
    }

    private boolean explainLaunched(String asked) {
        String usage = LAUNCHED.get(asked);
        if (usage == null) {
            return false;
        }
        bench.terminal().out().println(usage);
        return true;
    }

    private void explain(List<Entry> entries, String asked) {
        List<Entry> meant = meant(entries, asked);
        Matcher item = ITEM.matcher(asked);
        if (meant.isEmpty() && item.matches()) {
            meant = meant(entries, "faults." + item.group(1));
        }
        if (meant.isEmpty()) {
            var known = new LinkedHashSet<String>();
            entries.forEach(entry -> known.add(asked.contains(".") ? entry.path() : entry.name()));
            String suggestion = Suggestion.of(asked, known);
            throw new UserMistake(
                    "help: unknown key '"
                            + asked
                            + "'"
                            + (suggestion.startsWith("; did")
                                    ? suggestion
                                    : "; ./cairn help lists the first level"));
        }
        meant.forEach(entry -> explain(entries, entry));
    }

    private static List<Entry> meant(List<Entry> entries, String asked) {
        return entries.stream()
                .filter(entry -> entry.path().equals(asked) || entry.path().endsWith("." + asked))
                .toList();
    }

    private void explain(List<Entry> entries, Entry entry) {
        PrintWriter say = bench.terminal().out();
        say.println(entry.path() + (entry.where().isEmpty() ? "" : "   (" + entry.where() + ")"));
        if (!entry.key().remark().isEmpty()) {
            say.println("  " + entry.key().remark());
        }
        say.println("  values:  " + entry.key().form().words());
        if (!entry.key().otherwise().isEmpty()) {
            say.println("  default: " + entry.key().otherwise());
        }
        list(
                entries.stream()
                        .filter(below ->
                                entry.where().isEmpty() || below.where().equals(entry.where()))
                        .toList(),
                entry.path() + ".");
        say.println();
    }

    /** The keys one level below a path, and their defaults. */
    private void list(List<Entry> entries, String above) {
        String where = "";
        for (Entry entry : entries) {
            String rest =
                    entry.path().startsWith(above) ? entry.path().substring(above.length()) : "";
            if (rest.isEmpty() || rest.contains(".")) {
                continue;
            }
            if (!entry.where().equals(where) && !above.isEmpty()) {
                where = entry.where();
                bench.terminal().out().println("  with " + where);
            }
            String remark = entry.key().remark();
            bench.terminal()
                    .out()
                    .println(
                            Line.of("  %-26s %-18s %s", rest, entry.key().otherwise(), remark)
                                    .stripTrailing());
        }
    }
}

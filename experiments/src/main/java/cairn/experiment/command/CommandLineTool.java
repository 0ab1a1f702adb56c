package cairn.experiment.command;

import cairn.experiment.campaign.TrialFailure;
import cairn.experiment.file.Line;
import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.report.statistics.Unit;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * From the words on the command line to an exit code; every mistake of the user is answered with
 * one line.
 */
public final class CommandLineTool {

    @Command(
            name = "./cairn",
            synopsisSubcommandLabel = "COMMAND",
            description = {
                "Finds out what checkpoint and recovery protocols promise, whether they keep it"
                        + " when",
                "things fail, and what it costs."
            },
            footer = {
                "",
                "A first look:",
                "  ./cairn run experiments/library/quickstart.yaml    a verdict, a table and a"
                        + " report",
                "  ./cairn replay experiments/library/quickstart.yaml --seed 1 --trace    every"
                        + " event",
                "  ./cairn list protocols                             what can be tried, and with"
                        + " which settings",
                "  ./cairn new my-experiment.yaml                     a commented file to begin"
                        + " with",
                "  ./cairn help workload                              what a key of a file"
                        + " means",
                "",
                "Exit codes: 0 holds, 1 a property is violated, 2 the input is wrong, 3"
                        + " inconclusive,",
                "70 the tool itself is broken, 130 interrupted."
            })
    private static final class Root {}

    private final Workbench bench;

    public CommandLineTool(Workbench bench) {
        this.bench = bench;
    }

    /** Executes a command and returns its exit code. */
    public int execute(String... words) {
        CommandLine line = line();
        if (words.length == 0) {
            line.usage(bench.terminal().out());
            bench.terminal().out().flush();
            return ExitCode.WRONG_INPUT;
        }
        try {
            return line.execute(words);
        } catch (Error e) {
            // Such as no more memory: exceptions were handled below, errors come through.
            return broken(e);
        }
    }

    private CommandLine line() {
        var line = new CommandLine(new Root());
        List.of(
                        new RunCommand(bench),
                        new MergeCommand(bench),
                        new ValidateCommand(bench),
                        new AdviseCommand(bench),
                        new CalibrateCommand(bench),
                        new CheckCommand(bench),
                        new ReplayCommand(bench),
                        new CompareCommand(bench),
                        new ExportCommand(bench),
                        new ShrinkCommand(bench),
                        new ExploreCommand(bench),
                        new AgreeCommand(bench),
                        new ListCommand(bench),
                        new HelpCommand(bench),
                        new NewCommand(bench))
                .forEach(line::addSubcommand);
        line.addSubcommand(
                new CommandLine(new ClusterCommand())
                        .addSubcommand(new ClusterRunCommand(bench))
                        .addSubcommand(new ClusterSoakCommand(bench))
                        .addSubcommand(new ClusterSpeedCommand(bench))
                        .setCaseInsensitiveEnumValuesAllowed(true));
        line.addSubcommand(
                new CommandLine(new SparkCommand()).addSubcommand(new SparkRunCommand(bench)));
        line.addSubcommand(
                new CommandLine(new JGroupsCommand())
                        .addSubcommand(new JGroupsDetectCommand(bench))
                        .addSubcommand(new JGroupsStormCommand(bench))
                        .addSubcommand(new JGroupsSearchCommand(bench))
                        .setCaseInsensitiveEnumValuesAllowed(true));
        help(line);
        line.getCommandSpec().version("cairn " + bench.version());
        line.getCommandSpec()
                .addOption(
                        CommandLine.Model.OptionSpec.builder("-V", "--version")
                                .versionHelp(true)
                                .description("Print the version and exit.")
                                .build());
        line.setOut(bench.terminal().out());
        line.setErr(bench.terminal().err());
        line.setParameterExceptionHandler((e, words) -> wrongWords(e));
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(e));
        return line;
    }

    /** Of the command and of all that are under it. */
    private static void help(CommandLine line) {
        line.getCommandSpec()
                .addOption(
                        CommandLine.Model.OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Show this help and exit.")
                                .build());
        line.getCommandSpec().usageMessage().width(100);
        line.getSubcommands().values().forEach(CommandLineTool::help);
    }

    private int wrongWords(ParameterException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            message = unknown(unmatched.getUnmatched().getFirst(), e.getCommandLine());
        }
        return mistake(new UserMistake(message));
    }

    private static String unknown(String word, CommandLine command) {
        if (word.startsWith("-")) {
            List<String> options =
                    command.getCommandSpec().options().stream()
                            .map(CommandLine.Model.OptionSpec::longestName)
                            .toList();
            return "unknown option '" + word + "'" + Suggestion.of(word, options);
        }
        List<String> commands = List.copyOf(command.getSubcommands().keySet());
        return commands.isEmpty()
                ? "'" + word + "' is one word too many"
                : "unknown command '" + word + "'" + Suggestion.of(word, commands);
    }

    private int failed(Exception e) {
        return e instanceof UserMistake mistake ? mistake(mistake) : broken(e);
    }

    private int mistake(UserMistake mistake) {
        PrintWriter err = bench.terminal().err();
        err.println(mistake.getMessage());
        err.flush();
        return ExitCode.WRONG_INPUT;
    }

    /** So large an experiment, or so many trials at a time, that the JVM has no room for it. */
    private int outOfMemory(Throwable thrown) {
        long there = Runtime.getRuntime().maxMemory();
        PrintWriter err = bench.terminal().err();
        err.println(
                Line.of(
                        "out of memory: %s are not enough%s; make the experiment smaller, run"
                                + " fewer trials at a time (--jobs 1), or give more, as in"
                                + " CAIRN_JAVA_OPTS=-Xmx%dg",
                        Unit.BYTES.text((double) there),
                        thrown instanceof TrialFailure failure ? " for " + failure.command() : "",
                        2 * (there >> 30) + 2));
        err.flush();
        return ExitCode.BROKEN;
    }

    private int outOfSpace(IOException thrown) {
        PrintWriter err = bench.terminal().err();
        String file =
                thrown instanceof FileSystemException at && at.getFile() != null
                        ? at.getFile() + ": "
                        : "";
        err.println(file + "the disk is full; make room, or choose another folder with --out");
        err.flush();
        return ExitCode.BROKEN;
    }

    private static boolean isOutOfSpace(IOException thrown) {
        String message = Objects.requireNonNullElse(thrown.getMessage(), "");
        return message.contains("No space left") || message.contains("Disk quota exceeded");
    }

    /** Want of memory or of room on a disk is the user's to mend, but no mistake in the input. */
    private int broken(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return outOfMemory(thrown);
            }
            if (cause instanceof IOException io && isOutOfSpace(io)) {
                return outOfSpace(io);
            }
        }
        Optional<UserMistake> unfit = bench.catalogue().unfit(thrown);
        if (unfit.isPresent()) {
            return mistake(unfit.get());
        }
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        PrintWriter err = bench.terminal().err();
        String what =
                bench.catalogue().thrower(thrown).orElse("cairn")
                        + " is broken: "
                        + thrown.toString().replaceAll("\\s+", " ");
        try {
            Path file = Files.createTempFile("cairn-", ".trace");
            Files.writeString(file, trace.toString());
            err.println(what + " (stack trace: " + file + ")");
        } catch (IOException e) {
            err.println(what + " (its stack trace could not be written: " + e.getMessage() + ")");
        }
        err.flush();
        return ExitCode.BROKEN;
    }
}

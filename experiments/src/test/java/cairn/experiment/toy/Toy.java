package cairn.experiment.toy;

import cairn.experiment.catalogue.Catalogue;
import cairn.experiment.catalogue.ProtocolForm;
import cairn.experiment.catalogue.ServiceForm;
import cairn.experiment.command.CommandLineTool;
import cairn.experiment.command.Terminal;
import cairn.experiment.command.Workbench;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ScenarioReader;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A catalogue of one forgetful protocol, one service and one property. */
public final class Toy {

    /** An experiment whose server forgets in a crash. */
    public static final String FORGETS =
            """
            name: forgets
            question: Does a counter without checkpoints survive a crash?
            protocol: forgetful
            application: counter
            workload: {clients: 2, requests: 60, timeout: 2 ms}
            faults:
              - crash: server
                every: 300 us on average
                heal after: 100 us
            seeds: 1..6
            """;

    private Toy() {}

    public static Catalogue catalogue() {
        return new Catalogue(
                List.of(
                        ProtocolForm.ofService(
                                "forgetful",
                                "A server without checkpoints.",
                                ForgetfulSettings.DEFAULT,
                                Map.of(
                                        "answer", "when the answer leaves",
                                        "pauseNanos", "how long it thinks",
                                        "loud", "whether it tells the monitor",
                                        "logBytes", "nothing"),
                                (settings, service, clients, _) ->
                                        new Forgetful(
                                                (ForgetfulSettings) settings, service, clients))),
                List.of(
                        new ServiceForm(
                                "counter",
                                "Adds one.",
                                new Counter.Settings(1),
                                Map.of(),
                                Counter::new)),
                List.of(),
                List.of(new Grows()));
    }

    /** A catalogue of one protocol that is not a function of its choices. */
    public static Catalogue careless() {
        return new Catalogue(
                List.of(
                        ProtocolForm.ofService(
                                "careless",
                                "A server that looks where it should not.",
                                Careless.Settings.DEFAULT,
                                Map.of("leak", "where it looks"),
                                (settings, service, clients, _) ->
                                        new Careless(
                                                (Careless.Settings) settings, service, clients))),
                catalogue().services(),
                List.of(),
                catalogue().properties());
    }

    /** The catalogue of the forgetful protocol, judged by a checker that has a bug. */
    public static Catalogue withBrokenProperty() {
        return new Catalogue(
                catalogue().protocols(), catalogue().services(), List.of(), List.of(new Broken()));
    }

    public static Experiment experiment(String text) {
        return new ExperimentReader(new ScenarioReader(catalogue())).read("toy.yaml", text);
    }

    /** What a command did. */
    public record Ran(int code, String out, String err) {}

    /** Executes a command with the toy catalogue. */
    public static Ran cairn(Path folder, String... words) {
        return cairn(folder, catalogue(), words);
    }

    /** Executes a command with a catalogue. */
    public static Ran cairn(Path folder, Catalogue catalogue, String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), folder, false);
        var bench = new Workbench(terminal, catalogue, new ScenarioReader(catalogue), "1.2.3");
        int code = new CommandLineTool(bench).execute(words);
        terminal.out().flush();
        terminal.err().flush();
        return new Ran(code, out.toString(), err.toString());
    }
}

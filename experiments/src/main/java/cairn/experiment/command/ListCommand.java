package cairn.experiment.command;

import cairn.experiment.catalogue.ComputationForm;
import cairn.experiment.catalogue.FaultForm;
import cairn.experiment.catalogue.ProtocolForm;
import cairn.experiment.catalogue.ServiceForm;
import cairn.experiment.definition.Library;
import cairn.experiment.file.Line;
import cairn.experiment.file.RecordForm;
import cairn.experiment.file.Setting;
import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.model.property.Property;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Says what experiments can be made of. */
@Command(
        name = "list",
        description =
                "Lists protocols, services, computations, faults, properties, the environment and"
                        + " the shipped experiments.",
        footer = {"", "Example:", "  ./cairn list protocols"})
final class ListCommand implements Callable<Integer> {

    private static final List<String> TOPICS =
            List.of(
                    "protocols",
                    "services",
                    "computations",
                    "faults",
                    "properties",
                    "environment",
                    "experiments");

    private final Workbench bench;

    @Parameters(
            arity = "0..1",
            paramLabel = "TOPIC",
            description =
                    "protocols, services, computations, faults, properties, environment or"
                            + " experiments; otherwise all.")
    private @Nullable String topic;

    ListCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() {
        if (topic != null && !TOPICS.contains(topic)) {
            throw new UserMistake(
                    "list: unknown topic '" + topic + "'" + Suggestion.of(topic, TOPICS));
        }
        for (String each : topic == null ? TOPICS : List.of(topic)) {
            show(each);
        }
        bench.terminal().out().flush();
        return ExitCode.HOLDS;
    }

    private void show(String each) {
        PrintWriter say = bench.terminal().out();
        say.println((each.substring(0, 1).toUpperCase(Locale.ROOT) + each.substring(1)) + ":");
        switch (each) {
            case "protocols" -> bench.catalogue().protocols().forEach(this::show);
            case "services" -> bench.catalogue().services().forEach(this::show);
            case "computations" -> bench.catalogue().computations().forEach(this::show);
            case "faults" -> bench.catalogue().faults().forEach(this::show);
            case "properties" -> bench.catalogue().properties().forEach(this::show);
            case "environment" ->
                    bench.catalogue()
                            .environment()
                            .forEach((name, part) -> show(name, part, Map.of()));
            default -> Library.experiments(bench.terminal().folder()).forEach(this::show);
        }
        say.println();
    }

    private void show(ProtocolForm protocol) {
        show(
                Line.of("%s  %s", protocol.name(), protocol.summary()),
                protocol.defaults(),
                protocol.remarks());
    }

    private void show(ServiceForm service) {
        show(
                Line.of("%s  %s", service.name(), service.summary()),
                service.defaults(),
                service.remarks());
    }

    private void show(ComputationForm computation) {
        show(
                Line.of("%s  %s", computation.name(), computation.summary()),
                computation.defaults(),
                computation.remarks());
    }

    private void show(String title, Record defaults, Map<String, String> remarks) {
        PrintWriter say = bench.terminal().out();
        say.println("  " + title);
        for (Setting setting : RecordForm.of(defaults).settings()) {
            say.println(
                    Line.of(
                                    "    %-26s %-14s %s",
                                    setting.key(),
                                    RecordForm.written(defaults, setting),
                                    describe(
                                            setting, remarks.getOrDefault(setting.component(), "")))
                            .stripTrailing());
        }
    }

    private static String describe(Setting setting, String remark) {
        return remark.isEmpty() ? setting.values() : setting.values() + ": " + remark;
    }

    private void show(FaultForm fault) {
        PrintWriter say = bench.terminal().out();
        String places = String.join(" -> ", Collections.nCopies(fault.places(), "ROLE"));
        say.println(Line.of("  %-36s %s", fault.name() + ": " + places, fault.description()));
        for (Setting amount : fault.amounts()) {
            List<Setting> parts =
                    amount.type().isRecord()
                            ? RecordForm.of(amount.type().asSubclass(Record.class)).settings()
                            : List.of(amount);
            parts.forEach(part -> say.println(Line.of("    %-34s %s", part.key(), part.values())));
        }
    }

    private void show(Property property) {
        bench.terminal().out().println(Line.of("  %-8s %s", property.id(), property.statement()));
    }

    private void show(Library.Entry entry) {
        bench.terminal().out().println(Line.of("  %s%n    %s", entry.file(), entry.question()));
    }
}

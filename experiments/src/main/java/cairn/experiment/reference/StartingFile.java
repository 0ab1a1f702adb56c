package cairn.experiment.reference;

import cairn.experiment.file.Form;
import cairn.experiment.file.Key;
import cairn.experiment.file.Line;
import cairn.model.Application;

import java.util.List;
import java.util.Optional;

/**
 * An experiment file to begin with: it runs as it is, and what could be said stands there in
 * comments, with its default and what it decides.
 */
public final class StartingFile {

    private final List<Key> keys;
    private final Application application;
    private final StringBuilder text = new StringBuilder();

    private StartingFile(List<Key> keys, Application application) {
        this.keys = keys;
        this.application = application;
    }

    /**
     * The text of a file.
     *
     * @param keys the keys that files have
     * @param name of the experiment
     * @param protocol the name of one that is known
     * @param summary what the protocol is, in a sentence
     * @param application what it protects if a file says nothing
     * @param role the place to crash; empty if the protocol is not for that
     */
    public static String of(
            List<Key> keys,
            String name,
            String protocol,
            String summary,
            Application application,
            Optional<String> role) {
        return new StartingFile(keys, application).write(name, protocol, summary, role);
    }

    private String write(String name, String protocol, String summary, Optional<String> role) {
        line("# Run it:       ./cairn run FILE");
        line("# Change a bit: ./cairn run FILE --set 'faults.crash.every=2 ms' --seeds 1..50");
        line("# Learn a key:  ./cairn help KEY, such as ./cairn help environment.disk");
        line("# What is commented out stands there with its default.");
        line("name: " + name);
        line(
                role.isPresent()
                        ? "question: What does "
                                + protocol
                                + " cost, and what does it keep when a process dies?"
                        : "question: How long does what " + protocol + " does take?");
        line("");
        line("# " + summary);
        line("protocol: " + protocol);
        section("settings", settings(protocol), "");
        line("");
        section("application", application(), "  ");
        if (application instanceof Application.Served) {
            section("workload", keysOf("workload"), "");
        }
        line("");
        line("# A named environment: " + key("environment").form().words().split("; or", -1)[0]);
        line("environment:");
        comments(keysOf("environment"), "#  ");
        line("");
        role.ifPresentOrElse(
                crashed -> {
                    line("faults:");
                    line("  - crash: " + crashed);
                    line("    every: 4 ms on average");
                    line("    at most: 2");
                    line("    heal after: 1 ms");
                },
                () -> line("# Nothing goes wrong: this protocol is there to be timed."));
        line("# What else may fail: ./cairn list faults");
        line("");
        line("# Each variant is tried under each seed; the same seed means the same failures.");
        line("seeds: 1..10");
        line("");
        line("# To compare: every combination of some values, here of one key.");
        line("#sweep:");
        line(
                application instanceof Application.Served
                        ? "#  workload.clients: 1..8 times 2"
                        : "#  application." + application.name() + ".ranks: 2..16 times 2");
        line("#  environment: [rdma-100g-pmem, cloud-vm]");
        line("");
        line(
                "# The verdict. 'all' asks that every property had an occasion to be broken as"
                        + " well: more kinds");
        line("# of faults, more seeds. ./cairn list properties says what each means.");
        line("expect:");
        String tried = application instanceof Application.Served ? "OUT, LIN" : "RES";
        line("  - holds: [" + (role.isPresent() ? "LIVE, TIME, " + tried : "LIVE") + "]");
        line("#  - {measure: request p50, between: [1 us, 10 ms]}");
        return text.toString();
    }

    private void section(String name, List<Key> below, String indent) {
        boolean one = !indent.isEmpty();
        line(name + ":");
        if (one) {
            Key first = below.getFirst();
            line(indent + first.name() + ":");
            comments(first.form().keys(), "#    ");
        } else {
            comments(below, "#  ");
        }
    }

    private void comments(List<Key> below, String before) {
        for (Key key : below) {
            String value = (before + key.name() + ": " + key.otherwise()).stripTrailing();
            line(Line.of("%-44s # %s", value, key.remark()).stripTrailing());
        }
    }

    private List<Key> settings(String protocol) {
        return key("settings").form() instanceof Form.Depends(List<Form.Case> cases)
                ? cases.stream()
                        .filter(each -> each.word().equals(protocol))
                        .findFirst()
                        .orElseThrow()
                        .section()
                        .keys()
                : List.of();
    }

    private List<Key> application() {
        return key("application").form() instanceof Form.Either(List<Form> forms)
                        && forms.getLast() instanceof Form.One(List<Key> applications)
                ? applications.stream()
                        .filter(each -> each.name().equals(application.name()))
                        .toList()
                : List.of();
    }

    private List<Key> keysOf(String section) {
        return key(section).form().keys();
    }

    private Key key(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst().orElseThrow();
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}

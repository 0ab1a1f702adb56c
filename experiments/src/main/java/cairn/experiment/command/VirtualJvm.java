package cairn.experiment.command;

import cairn.virtual.jdk.Agent;
import cairn.virtual.jdk.AgentJar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM in which code runs in virtual time: this one if it has the agent, else one of its own.
 */
final class VirtualJvm {

    /** The live cluster's classes run in virtual time, too. */
    private static final String MORE = "cairn/cluster/";

    private VirtualJvm() {}

    /** Whether this JVM has the agent. */
    static boolean isThis() {
        return Agent.isThere();
    }

    /** Executes a command line in a JVM that has the agent; returns its exit code. */
    static int execute(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(AgentJar.options(MORE));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djava.awt.headless=true"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("cairn.experiment.Main");
        command.addAll(words);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}

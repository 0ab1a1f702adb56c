package cairn.cluster.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where no namespaces may be made, these say why and are skipped. */
final class NamespacesTest {

    private final List<Process> started = new ArrayList<>();

    @BeforeAll
    static void mayBeMade() {
        Optional<String> refusal = Namespaces.refusal();
        assumeTrue(refusal.isEmpty(), () -> "no network of namespaces here: " + refusal.get());
    }

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    private Process java(List<String> before, Class<?> main, String... arguments)
            throws IOException {
        List<String> words = new ArrayList<>(before);
        words.addAll(
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.net.preferIPv4Stack=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()));
        words.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        started.add(process);
        return process;
    }

    /** Where a talker is, and what it hears. */
    private record End(String address, Process process, BufferedReader heard) {

        void say(String word, End to) throws IOException {
            var writer = process.outputWriter(StandardCharsets.UTF_8);
            writer.write(to.address + " " + word + "\n");
            writer.flush();
        }
    }

    private End talker(Namespaces network, int place) throws IOException {
        Process process = java(network.words(place), Talker.class, network.address(place));
        var end =
                new End(
                        network.address(place),
                        process,
                        process.inputReader(StandardCharsets.UTF_8));
        assertEquals("ready", end.heard.readLine());
        return end;
    }

    /** What is said while nothing passes is never heard; nobody has to wait to know. */
    @Test
    void aWayIsCutInOneDirectionWithoutAWordAndHeals() throws IOException {
        try (Namespaces network = new Namespaces(2)) {
            End one = talker(network, 0);
            End other = talker(network, 1);
            one.say("before", other);
            assertEquals("before", other.heard.readLine());
            network.cutTo(1, Set.of(0));
            one.say("lost", other);
            other.say("the other way", one);
            assertEquals("the other way", one.heard.readLine());
            network.cutTo(1, Set.of());
            one.say("healed", other);
            assertEquals("healed", other.heard.readLine());
        }
    }

    @Test
    void nothingIsLeftWhenItIsClosed() throws IOException {
        Namespaces network = new Namespaces(1);
        String name = network.interfaceName();
        assertNotNull(NetworkInterface.getByName(name));
        network.close();
        assertNull(NetworkInterface.getByName(name));
    }

    /** A launcher that makes a network, says how it is called, and waits. */
    public static void main(String[] words) throws IOException, InterruptedException {
        Namespaces network = new Namespaces(2);
        System.out.println(network.interfaceName());
        Thread.sleep(Duration.ofMinutes(5));
    }

    @Test
    void nothingIsLeftWhenItsLauncherIsKilled() throws Exception {
        Process launcher = java(List.of(), NamespacesTest.class);
        String name = launcher.inputReader(StandardCharsets.UTF_8).readLine();
        assertNotNull(NetworkInterface.getByName(name));
        launcher.destroyForcibly().waitFor();
        // The kernel takes an interface away some time after the last process of its namespace.
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (NetworkInterface.getByName(name) != null && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertNull(NetworkInterface.getByName(name));
    }
}

package cairn.cluster.run;

import cairn.cluster.memory.PageProtection;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where node processes run, and how they are started and signalled there.
 *
 * @param hosts addresses or names of the machines; places are dealt out to them in turn
 * @param remote the words before a command that runs on another machine, with {@code {host}} for
 *     its name; empty if all is on this one
 * @param javaOptions options of the JVM of each node
 * @param protection what protects the pages of each node's memory
 * @param namespaces whether each place is to be in a network namespace of its own; all on one
 *     machine
 * @param diskBytes of the file system that each place with a disk is to have of its own, if it has
 *     no persistent memory beside; 0 for none
 * @param wrapping for each place the words that its command is put behind; empty for none
 */
public record Machines(
        List<String> hosts,
        List<String> remote,
        List<String> javaOptions,
        PageProtection protection,
        boolean namespaces,
        long diskBytes,
        List<List<String>> wrapping) {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String HOST = "{host}";

    /** $0 is the process that is stopped; a line says that it is. */
    private static final String PAUSE =
            "kill -STOP $0 && echo stopped && cat > /dev/null; kill -CONT $0";

    /** Small processes that do not use more threads of the collector than there are cores. */
    private static final List<String> JAVA_OPTIONS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xms64m",
                    "-Xmx512m",
                    "-XX:-UsePerfData",
                    "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Djava.net.preferIPv4Stack=true");

    public Machines {
        hosts = List.copyOf(hosts);
        remote = List.copyOf(remote);
        javaOptions = List.copyOf(javaOptions);
        wrapping = List.copyOf(wrapping);
        if ((namespaces || diskBytes > 0) && !remote.isEmpty()) {
            throw new IllegalArgumentException("namespaces are on one machine: " + hosts);
        }
    }

    /** This machine alone, over the loopback interface. */
    public static Machines loopback() {
        return of(List.of(LOOPBACK), List.of());
    }

    /** Several machines that a command such as {@code ssh {host}} reaches. */
    public static Machines of(List<String> hosts, List<String> remote) {
        return new Machines(
                hosts, remote, JAVA_OPTIONS, PageProtection.AUTOMATIC, false, 0, List.of());
    }

    /** The same, with another way to protect pages. */
    public Machines protectedBy(PageProtection other) {
        return new Machines(hosts, remote, javaOptions, other, namespaces, diskBytes, wrapping);
    }

    /** The same, with a network namespace for each place, so that cuts are those of a network. */
    public Machines inNamespaces() {
        return new Machines(hosts, remote, javaOptions, protection, true, diskBytes, wrapping);
    }

    /** The same, with a file system of so many bytes for each place that has a disk alone. */
    public Machines withDisks(long bytes) {
        return new Machines(hosts, remote, javaOptions, protection, namespaces, bytes, wrapping);
    }

    /** The words that the command of a place is put behind; none if there are none. */
    List<String> wrapping(int place) {
        return wrapping.isEmpty() ? List.of() : wrapping.get(place);
    }

    /** The same, with each place at its own address behind its own words. */
    Machines at(List<String> addresses, List<List<String>> words) {
        return new Machines(
                addresses, remote, javaOptions, protection, namespaces, diskBytes, words);
    }

    /** Whether all processes are on this machine, and share its clock. */
    public boolean isLocal() {
        return remote.isEmpty();
    }

    /** The machine of a place. */
    String host(int place) {
        return hosts.get(place % hosts.size());
    }

    /** Starts a process for a place; its standard error is added to a file. */
    Process start(int place, Class<?> main, Path log) throws IOException {
        return start(place, main, log, List.of());
    }

    /** Starts a process with words on its command line. */
    public Process start(int place, Class<?> main, Path log, List<String> arguments)
            throws IOException {
        List<String> words = words(place);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(javaOptions);
        words.add("-cp");
        words.add(classPath());
        words.add(main.getName());
        words.addAll(arguments);
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /**
     * Stops a process of a place by SIGSTOP; returns, when it stands, who lets it go on: a process
     * that does so when its standard input ends, be it closed or its launcher dead.
     */
    Process pause(int place, long pid) throws IOException {
        List<String> words = words(place);
        words.addAll(List.of("sh", "-c", quoted(PAUSE), Long.toString(pid)));
        Process guard =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        if (guard.getInputStream().read() < 0) {
            throw new IOException("process " + pid + " cannot be stopped");
        }
        return guard;
    }

    /** As the shell of another machine reads it back; here there is none in between. */
    private String quoted(String word) {
        return isLocal() ? word : "'" + word + "'";
    }

    private List<String> words(int place) {
        List<String> words = new ArrayList<>();
        remote.forEach(word -> words.add(word.replace(HOST, host(place))));
        words.addAll(wrapping(place));
        return words;
    }

    /** The class path with absolute paths: the process may start in another folder. */
    private static String classPath() {
        List<String> parts = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!part.isEmpty()) {
                parts.add(Path.of(part).toAbsolutePath().toString());
            }
        }
        return String.join(File.pathSeparator, parts);
    }
}

package cairn.cluster.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A network of its own for the processes of one cluster: each in a network namespace, all at one
 * switch, which is a bridge in another namespace; this process is at it too. Addresses are of a
 * range that is set aside for trying out networks (RFC 2544), one network of 254 of it.
 *
 * <pre>
 * this process        the switch's namespace            a place's namespace
 * cairnR 198.18.R.1 ---- host   bridge   p0 ------------ eth0 198.18.R.2
 *                                        p1 ------------ eth0 198.18.R.3 ...
 * </pre>
 *
 * <p>A way is cut by sending its frames to a hardware address that nobody has: they are lost
 * without a word, in one direction, and connections stay open, as with a broken cable.
 */
public final class Namespaces implements AutoCloseable {

    private static final String NETWORK = "198.18.";
    private static final int NETWORKS = 254;
    private static final int MOST_PLACES = 250;
    private static final String NOBODY = "02:00:00:00:00:01";

    private final int number;
    private final Namespace bridge;
    private final List<Namespace> places = new ArrayList<>();
    private final Set<Way> cut = new TreeSet<>();

    /** From one place to another. */
    private record Way(int from, int to) implements Comparable<Way> {
        @Override
        public int compareTo(Way other) {
            return from == other.from
                    ? Integer.compare(to, other.to)
                    : Integer.compare(from, other.from);
        }
    }

    /**
     * A network of so many places.
     *
     * @throws IOException if this user may not make one, or a command is missing; the message says
     *     what
     */
    public Namespaces(int count) throws IOException {
        if (count < 1 || count > MOST_PLACES) {
            throw new IllegalArgumentException(
                    "a network has 1 to " + MOST_PLACES + " places: " + count);
        }
        this.number = free();
        this.bridge = Namespace.open();
        try {
            bridge.ip(List.of("link add name bridge type bridge", "link set bridge up"));
            bridge.ip(plugged("host", interfaceName(), ProcessHandle.current().pid()));
            Commands.run(
                    List.of("ip", "-batch", "-"),
                    List.of(
                            // Who is in a fresh namespace itself finds no loopback there.
                            "link set lo up",
                            "addr add " + launcher() + "/24 dev " + interfaceName(),
                            "link set " + interfaceName() + " up"));
            for (int place = 0; place < count; place++) {
                add(place);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Why no such network can be made here; empty if one can. */
    public static Optional<String> refusal() {
        try (Namespaces _ = new Namespaces(1)) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static int free() throws IOException {
        String used = Commands.run(List.of("ip", "-oneline", "addr", "show"), List.of());
        int start = (int) (ProcessHandle.current().pid() % NETWORKS);
        for (int tried = 0; tried < NETWORKS; tried++) {
            int number = 1 + (start + tried) % NETWORKS;
            if (!used.contains(NETWORK + number + ".") && !used.contains("cairn" + number + " ")) {
                return number;
            }
        }
        throw new IOException("no network of " + NETWORK + "0.0/16 is free here");
    }

    private void add(int place) throws IOException {
        Namespace added = Namespace.open();
        places.add(added);
        bridge.ip(plugged("p" + place, "eth0", added.pid()));
        added.ip(
                List.of(
                        "link set lo up",
                        "addr add " + address(place) + "/24 dev eth0",
                        "link set eth0 up"));
    }

    /** A cable from a port of the switch to an interface in the namespace of a process. */
    private static List<String> plugged(String port, String name, long pid) {
        return List.of(
                "link add " + port + " type veth peer name " + name + " netns " + pid,
                "link set " + port + " master bridge",
                "link set " + port + " up");
    }

    /** The interface of this process. */
    String interfaceName() {
        return "cairn" + number;
    }

    /** The address of this process. */
    public String launcher() {
        return NETWORK + number + ".1";
    }

    /** The address of a place. */
    public String address(int place) {
        return NETWORK + number + "." + (place + 2);
    }

    /** What is put before the command of a process that is to be at a place. */
    public List<String> words(int place) {
        return places.get(place).words();
    }

    /** Only the ways from these places to one are cut from now on, of all that lead there. */
    public void cutTo(int to, Set<Integer> from) throws IOException {
        for (int source = 0; source < places.size(); source++) {
            var way = new Way(source, to);
            if (from.contains(source) && cut.add(way)) {
                places.get(source)
                        .ip(
                                List.of(
                                        "neigh replace "
                                                + address(to)
                                                + " lladdr "
                                                + NOBODY
                                                + " nud permanent dev eth0"));
            } else if (!from.contains(source) && cut.remove(way)) {
                places.get(source).ip(List.of("neigh del " + address(to) + " dev eth0"));
            }
        }
    }

    /** Takes all of it away. */
    @Override
    public void close() {
        // The kernel takes its time with namespaces that nobody is in; the cable goes at once.
        try {
            Commands.run(List.of("ip", "link", "delete", interfaceName()), List.of());
        } catch (IOException e) {
            // It was never laid, or is gone already with the switch.
            cut.clear();
        }
        places.forEach(Namespace::close);
        bridge.close();
    }
}

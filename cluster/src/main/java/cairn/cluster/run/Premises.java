package cairn.cluster.run;

import cairn.cluster.disk.SmallDisks;
import cairn.cluster.group.Stack;
import cairn.cluster.network.Namespaces;
import cairn.model.Hardware;
import cairn.model.fault.LinkQuality;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Where the processes of a run are: hosts and ports, and, where they are asked for, network
 * namespaces and file systems of their own. What it made is gone when it is closed.
 */
final class Premises implements AutoCloseable {

    /** Where a place's own file system is mounted, in its folder. */
    private static final String DISK = "disk";

    /** How long a process looks for others; the launcher's founds the group. */
    private static final long JOIN_MILLIS = 5_000;

    private static final long FOUNDER_JOIN_MILLIS = 500;

    private final Path folder;
    private final List<Hardware> hardware;
    private final long silenceMillis;
    private final SmallDisks disks = new SmallDisks();
    private final List<Stack> stacks = new ArrayList<>();
    private Machines machines;
    private @Nullable Namespaces network;

    /**
     * Premises where nothing is made yet.
     *
     * @param hardware of each place
     * @param silenceMillis after how long a silence the group suspects a member
     */
    Premises(Machines machines, Path folder, List<Hardware> hardware, long silenceMillis) {
        this.machines = machines;
        this.folder = folder;
        this.hardware = List.copyOf(hardware);
        this.silenceMillis = silenceMillis;
    }

    /** Makes what processes need before they start. */
    void lay() throws IOException {
        if (machines.namespaces()) {
            makeNetwork();
        }
        if (machines.diskBytes() > 0) {
            makeDisks();
        }
        layPorts();
    }

    /** The machines, as processes are to be started on them. */
    Machines machines() {
        return machines;
    }

    /** The stack of a place's processes; behind the last place, of the launcher. */
    Stack stack(int member) {
        return stacks.get(member);
    }

    /** Whether a place has a file system of its own. */
    boolean hasOwnDisk(int place) {
        return disks.has(place);
    }

    /** Where a place keeps its files, as its processes see it. */
    Path files(int place) {
        Path own = folder.resolve("n" + place);
        // What is in a mounted folder can be deleted, and not the folder.
        return (hasOwnDisk(place) ? own.resolve(DISK).resolve("all") : own).toAbsolutePath();
    }

    private void makeNetwork() throws IOException {
        var made = new Namespaces(hardware.size());
        network = made;
        Stack.findInterfacesAnew();
        List<Integer> all = IntStream.range(0, hardware.size()).boxed().toList();
        machines =
                machines.at(
                        all.stream().map(made::address).toList(),
                        all.stream().map(made::words).toList());
    }

    /** Memory that is mapped from a file cannot be told that no space is left. */
    private void makeDisks() throws IOException {
        List<List<String>> words = new ArrayList<>();
        for (int place = 0; place < hardware.size(); place++) {
            Hardware has = hardware.get(place);
            if (has.disk() && has.persistentBytes() == 0) {
                disks.add(place, folder.resolve("n" + place).resolve(DISK), machines.diskBytes());
            }
            List<String> all = new ArrayList<>(machines.wrapping(place));
            all.addAll(disks.words(place));
            words.add(all);
        }
        machines = machines.at(machines.hosts(), words);
    }

    private void layPorts() throws IOException {
        int places = hardware.size();
        List<Integer> ports = Ports.free(places + 1);
        List<String> contacts = new ArrayList<>();
        for (int i = 0; i <= places; i++) {
            contacts.add(host(i) + ":" + ports.get(i));
        }
        for (int i = 0; i <= places; i++) {
            // The launcher comes first, and founds the group; on a busy machine others are patient.
            long joinMillis = i < places ? JOIN_MILLIS : FOUNDER_JOIN_MILLIS;
            stacks.add(
                    new Stack(host(i), ports.get(i), contacts, silenceMillis, joinMillis, false));
        }
    }

    private String host(int member) {
        if (member < hardware.size()) {
            return machines.host(member);
        }
        return network == null ? machines.hosts().getFirst() : network.launcher();
    }

    /**
     * Cuts what is wholly cut between two places where a network does it, and returns what else is
     * wrong with the ways to a place: of clients, which share one address, all.
     */
    Map<Integer, LinkQuality> afterCuts(int place, Map<Integer, LinkQuality> bad)
            throws IOException {
        if (network == null) {
            return bad;
        }
        Map<Integer, LinkQuality> left = new HashMap<>(bad);
        Set<Integer> cut = new TreeSet<>();
        bad.forEach((from, quality) -> {
            if (from < hardware.size() && quality.loss() >= 1) {
                cut.add(from);
            }
        });
        network.cutTo(place, cut);
        left.keySet().removeAll(cut);
        return left;
    }

    /** To be called when the processes of all places have ended. */
    @Override
    public void close() {
        disks.close();
        if (network != null) {
            network.close();
        }
    }
}

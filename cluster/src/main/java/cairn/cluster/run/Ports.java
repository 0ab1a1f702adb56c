package cairn.cluster.run;

import cairn.cluster.group.Stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports that are free on this machine. */
public final class Ports {

    /**
     * Below those that the kernel gives to outgoing connections, which would take one meanwhile.
     */
    private static final int FIRST = 12_000;

    private static final int LAST = 32_000;

    private Ports() {}

    /** So many blocks of ports that were free a moment ago; returns the first of each. */
    public static List<Integer> free(int blocks) throws IOException {
        List<Integer> found = new ArrayList<>();
        // Two runs on one machine look in different places.
        int start = (int) (ProcessHandle.current().pid() * 97 % (LAST - FIRST));
        for (int tried = 0; tried < LAST - FIRST && found.size() < blocks; tried += Stack.PORTS) {
            int port = FIRST + (start + tried) % (LAST - FIRST);
            if (isFree(port) && isFree(port + 1)) {
                found.add(port);
            }
        }
        if (found.size() < blocks) {
            throw new IOException("no " + blocks + " free pairs of ports on this machine");
        }
        return found;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

package cairn.virtual.jgroups;

import cairn.simulator.network.Network;
import cairn.virtual.VirtualProcess;

import org.jgroups.PhysicalAddress;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TP;
import org.jgroups.stack.IpAddress;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * The transport: datagrams over the simulated network, to one member or to all, as UDP with IP
 * multicast has them. Everything above it is JGroups' own.
 *
 * <p>A member's physical address has the number of its process in its port.
 */
public final class Wire extends TP {

    private static final short ID = 2_600;
    private static final int FIRST_PORT = 7_800;

    /** Of Ethernet, IP and UDP. */
    private static final int HEADER_BYTES = 42;

    private final Network network;
    private final VirtualProcess process;
    private final int size;

    /** A datagram; the bytes are not changed any more. */
    private static final class Datagram {
        private final int from;
        private final byte[] bytes;

        Datagram(int from, byte[] bytes) {
            this.from = from;
            this.bytes = bytes;
        }
    }

    /** The transport of one process, among so many. */
    public Wire(Network network, VirtualProcess process, int size) {
        this.network = network;
        this.process = process;
        this.size = size;
    }

    /** Makes the transport known to JGroups; once in a JVM. */
    public static void register() {
        if (ClassConfigurator.getProtocolId(Wire.class) == 0) {
            ClassConfigurator.addProtocol(ID, Wire.class);
        }
    }

    private static PhysicalAddress address(int index) {
        return new IpAddress(InetAddress.getLoopbackAddress(), FIRST_PORT + index);
    }

    @Override
    public boolean supportsMulticasting() {
        return true;
    }

    @Override
    protected PhysicalAddress getPhysicalAddress() {
        return address(process.index());
    }

    @Override
    public void start() throws Exception {
        super.start();
        Thread.ofVirtual().name("receiver").start(this::receive);
    }

    private void receive() {
        while (true) {
            Datagram datagram = (Datagram) process.receive();
            receive(address(datagram.from), datagram.bytes, 0, datagram.bytes.length);
        }
    }

    @Override
    public void sendUnicast(PhysicalAddress to, byte[] data, int offset, int length) {
        send(((IpAddress) to).getPort() - FIRST_PORT, copy(data, offset, length));
    }

    @Override
    public void sendToAll(byte[] data, int offset, int length) {
        Datagram datagram = copy(data, offset, length);
        for (int to = 0; to < size; to++) {
            if (to != process.index()) {
                send(to, datagram);
            }
        }
    }

    private Datagram copy(byte[] data, int offset, int length) {
        return new Datagram(process.index(), Arrays.copyOfRange(data, offset, offset + length));
    }

    private void send(int to, Datagram datagram) {
        byte[] bytes = datagram.bytes;
        // The hash makes the contents a part of the run's digest.
        network.send(
                process.index(),
                to,
                bytes.length + HEADER_BYTES,
                0,
                Arrays.hashCode(bytes),
                datagram);
    }
}

package cairn.virtual.jgroups;

import org.jgroups.logging.LogFactory;
import org.jgroups.protocols.COUNTER;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG2;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.NAKACK4;
import org.jgroups.protocols.PING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.UNICAST4;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.DiagnosticsHandler;
import org.jgroups.stack.Protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The protocols of a member and their settings; those that are not named here have JGroups' own
 * defaults.
 *
 * @param generation which protocols retransmit
 * @param heartbeat FD_ALL3's interval
 * @param suspect FD_ALL3's timeout: a member that was silent for so long is suspected
 * @param verify VERIFY_SUSPECT2's timeout: how long a suspect has to say that it is alive
 * @param mergeLeast MERGE3's shortest interval between two announcements of a view
 * @param mergeMost MERGE3's longest
 * @param join how long GMS waits for an answer to a request to join
 */
public record Stack(
        Generation generation,
        Duration heartbeat,
        Duration suspect,
        Duration verify,
        Duration mergeLeast,
        Duration mergeMost,
        Duration join) {

    /** The retransmitting protocols come in two generations. */
    public enum Generation {
        /** NAKACK2, UNICAST3, and flow control and stability by protocols of their own. */
        CREDITS,
        /** NAKACK4 and UNICAST4, which acknowledge, and so need neither. */
        ACKNOWLEDGEMENTS
    }

    /** What udp-new.xml of JGroups 5.5.7 has, without the detector that needs sockets. */
    public static final Stack SHIPPED =
            new Stack(
                    Generation.CREDITS,
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(40),
                    Duration.ofMillis(1_500),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1));

    /** For groups in one room, that are to notice within seconds. */
    public static final Stack QUICK =
            new Stack(
                    Generation.CREDITS,
                    Duration.ofMillis(500),
                    Duration.ofSeconds(2),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1));

    public Stack {
        if (heartbeat.compareTo(suspect) >= 0) {
            throw new IllegalArgumentException(
                    "heartbeats come more often than silence is suspected: every "
                            + heartbeat
                            + ", after "
                            + suspect);
        }
    }

    /** The same with another detector. */
    public Stack detecting(Duration every, Duration after, Duration verifying) {
        return new Stack(generation, every, after, verifying, mergeLeast, mergeMost, join);
    }

    /** The same with the retransmission of another generation. */
    public Stack with(Generation other) {
        return new Stack(other, heartbeat, suspect, verify, mergeLeast, mergeMost, join);
    }

    /**
     * The protocols of one member, the transport first.
     *
     * @param above what comes right above the transport
     */
    public Protocol[] protocols(Wire wire, Protocol... above) throws Exception {
        // It would open a multicast socket.
        wire.setDiagnosticsHandler(
                new DiagnosticsHandler(
                                LogFactory.getLog(DiagnosticsHandler.class),
                                wire.getSocketFactory(),
                                wire.getThreadFactory())
                        .setEnabled(false));
        List<Protocol> protocols = new ArrayList<>();
        protocols.add(wire);
        protocols.addAll(List.of(above));
        protocols.add(new PING());
        protocols.add(
                new MERGE3()
                        .setMinInterval(mergeLeast.toMillis())
                        .setMaxInterval(mergeMost.toMillis()));
        protocols.add(
                new FD_ALL3().setTimeout(suspect.toMillis()).setInterval(heartbeat.toMillis()));
        protocols.add(new VERIFY_SUSPECT2().setTimeout(verify.toMillis()));
        switch (generation) {
            case CREDITS -> protocols.addAll(List.of(new NAKACK2(), new UNICAST3(), new STABLE()));
            case ACKNOWLEDGEMENTS -> protocols.addAll(List.of(new NAKACK4(), new UNICAST4()));
        }
        protocols.add(new GMS().printLocalAddress(false).setJoinTimeout(join.toMillis()));
        if (generation == Generation.CREDITS) {
            protocols.addAll(List.of(new UFC(), new MFC()));
        }
        protocols.add(new FRAG2());
        protocols.add(new COUNTER());
        return protocols.toArray(new Protocol[0]);
    }
}

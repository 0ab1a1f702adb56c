package cairn.cluster.group;

import org.jgroups.JChannel;
import org.jgroups.util.Util;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The JGroups protocols of a member over TCP, without multicast and without the diagnostics that
 * are otherwise on.
 *
 * <p>Failures are found in two ways: FD_SOCK2 by a socket that a dead process no longer holds, and
 * FD_ALL3 by the silence of one that stands still or is cut off.
 *
 * @param host the address of this machine, or its name
 * @param port this member's port; FD_SOCK2 uses the next one
 * @param contacts the addresses of all members, host:port
 * @param silenceMillis after how long a silence a member is suspected
 * @param joinMillis how long it looks for others before it founds a group of its own
 * @param pooled whether threads of a pool hand up what arrives, as JGroups has it by itself, and
 *     not {@linkplain ReadingTcp those that read it}
 */
public record Stack(
        String host,
        int port,
        List<String> contacts,
        long silenceMillis,
        long joinMillis,
        boolean pooled) {

    /** How many ports in a row a member uses. */
    public static final int PORTS = 2;

    /** A silence of this length, in milliseconds, is a failure. */
    public static final long SILENCE_MILLIS = 2_000;

    /** What JGroups warns of, such as a peer that is gone, is what these runs are about. */
    private static final List<Logger> JGROUPS =
            List.of(
                    Logger.getLogger("org.jgroups"),
                    // Its classes say what they have to say in the name of those that extend them.
                    Logger.getLogger(ReadingTcp.class.getPackageName()));

    public Stack {
        contacts = List.copyOf(contacts);
    }

    /** To be called when a network interface has come: JGroups remembers those it saw first. */
    public static void findInterfacesAnew() {
        Util.resetCachedAddresses(true, true);
    }

    /** A channel of these protocols that is not connected. */
    public JChannel channel() throws Exception {
        // Before the first class of JGroups asks for it.
        System.setProperty("jgroups.use.jdk_logger", "true");
        JGROUPS.forEach(logger -> logger.setLevel(Level.OFF));
        return new JChannel(new ByteArrayInputStream(xml().getBytes(StandardCharsets.UTF_8)));
    }

    private String xml() {
        String hosts =
                contacts.stream()
                        .map(contact -> contact.replaceFirst(":(\\d+)$", "[$1]"))
                        .collect(Collectors.joining(","));
        return """
        <config xmlns="urn:org:jgroups">
          <TRANSPORT bind_addr="HOST" bind_port="PORT" port_range="0" tcp_nodelay="true"
               bundler_type="no-bundler" use_virtual_threads="false" diag.enabled="false"
               sock_conn_timeout="300ms" thread_pool.min_threads="2"
               thread_pool.max_threads="50" thread_pool.keep_alive_time="30s"/>
          <cairn.cluster.group.LinkFaults/>
          <TCPPING initial_hosts="CONTACTS" port_range="0" async_discovery="true"/>
          <MERGE3 min_interval="500" max_interval="1500"/>
          <FD_SOCK2 bind_addr="HOST" offset="1" port_range="0"/>
          <FD_ALL3 timeout="SILENCE" interval="INTERVAL"/>
          <VERIFY_SUSPECT2 timeout="100"/>
          <pbcast.NAKACK2 use_mcast_xmit="false"/>
          <UNICAST3 conn_close_timeout="5s"/>
          <pbcast.STABLE desired_avg_gossip="5s" max_bytes="4M"/>
          <pbcast.GMS print_local_addr="false" join_timeout="JOIN" view_ack_collection_timeout="500"/>
          <UFC max_credits="4M" min_threshold="0.4"/>
          <FRAG2 frag_size="60K"/>
        </config>
        """
                .replace("TRANSPORT", pooled ? "TCP" : ReadingTcp.class.getName())
                .replace("HOST", host)
                .replace("PORT", Integer.toString(port))
                .replace("CONTACTS", hosts)
                .replace("SILENCE", Long.toString(silenceMillis))
                .replace("JOIN", Long.toString(joinMillis))
                .replace("INTERVAL", Long.toString(Math.max(50, silenceMillis / 5)));
    }
}

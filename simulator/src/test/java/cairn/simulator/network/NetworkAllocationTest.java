package cairn.simulator.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.fault.LinkQuality;
import cairn.simulator.kernel.Kernel;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;

class NetworkAllocationTest {

    private static final int HOSTS = 20;
    private static final long EVENTS = 200_000;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMessageAllocatesNothing(boolean receiverQueues) {
        LinkQuality lossy = new LinkQuality(0.01, 0.01, 0.01, 0, 0);
        NetworkCosts costs =
                NetworkCosts.MESSAGES
                        .withReceiverQueues(receiverQueues)
                        .withLink(NetworkCosts.MESSAGES.link().withQuality(lossy));
        Kernel kernel = new Kernel();
        Network network =
                new Network(kernel, new SeededChoices(1), new Links(kernel, HOSTS), costs);
        for (int i = 0; i < HOSTS; i++) {
            int self = i;
            network.attach(
                    i,
                    (kind, argument, payload) ->
                            network.send(
                                    self,
                                    (int) ((self + argument) % HOSTS),
                                    64,
                                    kind,
                                    argument + 1,
                                    payload));
        }
        for (int i = 0; i < 500; i++) {
            network.send(i % HOSTS, (i + 1) % HOSTS, 64, 1, i, "payload");
        }
        kernel.run(Long.MAX_VALUE, EVENTS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // An array may still grow once, so the best of a few stretches is what messages need.
        for (int stretch = 0; stretch < 5; stretch++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            assertTrue(kernel.run(Long.MAX_VALUE, EVENTS) == EVENTS);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(least < 1_000, least + " bytes were allocated for " + EVENTS + " events");
    }
}

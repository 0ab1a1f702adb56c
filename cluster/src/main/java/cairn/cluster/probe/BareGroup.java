package cairn.cluster.probe;

import cairn.cluster.run.LiveFailure;
import cairn.cluster.run.Machines;
import cairn.cluster.run.Ports;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** This process's end of a group that holds nothing of Cairn's: it asks, and others answer. */
final class BareGroup implements Receiver, AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final long PATIENCE_SECONDS = 10;

    private final JChannel channel;
    private final List<Process> processes = new ArrayList<>();
    private final AtomicInteger missing = new AtomicInteger();
    private volatile List<Address> others = List.of();
    private volatile CompletableFuture<Boolean> answered = new CompletableFuture<>();

    private BareGroup(JChannel channel) {
        this.channel = channel;
    }

    /** Starts so many processes that answer, and waits until they have joined. */
    static BareGroup of(int size, Path folder) throws Exception {
        List<Integer> ports = Ports.free(size + 1);
        String self = LOOPBACK + ":" + ports.getFirst();
        BareGroup group =
                new BareGroup(BareEcho.stack(LOOPBACK, ports.getFirst(), List.of(self)).channel());
        try {
            group.channel.setReceiver(group);
            group.channel.connect(BareEcho.GROUP);
            for (int i = 1; i <= size; i++) {
                group.processes.add(
                        Machines.loopback()
                                .start(
                                        0,
                                        BareEcho.class,
                                        folder.resolve("echo" + i + ".log"),
                                        List.of(
                                                LOOPBACK,
                                                ports.get(i).toString(),
                                                self,
                                                folder.resolve("echo" + i).toString())));
            }
            group.await(size);
            return group;
        } catch (Exception e) {
            group.close();
            throw e;
        }
    }

    private void await(int size) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(6 * PATIENCE_SECONDS);
        while (others.size() < size) {
            if (System.nanoTime() > deadline) {
                throw new LiveFailure("nobody answers by JGroups alone");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Sends something to so many of the others, and waits until all have answered. */
    void ask(int count, byte[] content) throws Exception {
        var answer = new CompletableFuture<Boolean>();
        missing.set(count);
        answered = answer;
        for (int i = 0; i < count; i++) {
            channel.send(new BytesMessage(others.get(i), content));
        }
        answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void receive(Message message) {
        if (missing.decrementAndGet() == 0) {
            answered.complete(true);
        }
    }

    @Override
    public void viewAccepted(View view) {
        others =
                view.getMembers().stream()
                        .filter(member -> !member.equals(channel.getAddress()))
                        .toList();
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        channel.close();
    }
}

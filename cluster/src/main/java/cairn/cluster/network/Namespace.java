package cairn.cluster.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network namespace without a name: it exists as long as a process of it does, the first of which
 * ends when its standard input does. So whatever ends this JVM takes all namespaces with it, and
 * with them what was in them.
 */
final class Namespace implements AutoCloseable {

    private final Process holder;

    private Namespace(Process holder) {
        this.holder = holder;
    }

    /** A new one, in which nothing is. */
    static Namespace open() throws IOException {
        Process holder =
                new ProcessBuilder("unshare", "--net", "sh", "-c", "echo made && exec cat").start();
        if (holder.getInputStream().read() < 0) {
            throw new IOException(
                    "network namespaces may not be made here: " + Commands.complaint(holder));
        }
        return new Namespace(holder);
    }

    /** The process that holds it. */
    long pid() {
        return holder.pid();
    }

    /** What is put before a command that is to run in it. */
    List<String> words() {
        return List.of("nsenter", "--net=/proc/" + pid() + "/ns/net");
    }

    /** Carries out lines of {@code ip} in it, in order, until one fails. */
    void ip(List<String> lines) throws IOException {
        List<String> words = new ArrayList<>(words());
        words.addAll(List.of("ip", "-batch", "-"));
        Commands.run(words, lines);
    }

    /** Ends what holds it. */
    @Override
    public void close() {
        holder.destroyForcibly();
        try {
            holder.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

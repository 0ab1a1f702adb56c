package cairn.protocol.dirtypages;

import cairn.model.Event;
import cairn.model.Outbox;
import cairn.model.storage.Disk;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The files of one rank, on whichever disk: who asks says what is to be done with the answer. */
final class Vault {

    private final Function<Outbox<DirtyPagesMessage>, Disk> disk;
    private final NavigableMap<Long, Then> waiting = new TreeMap<>();
    private String prefix = "";
    private long lastToken;

    /** What is done with an answer. */
    @FunctionalInterface
    interface Then {
        void then(Event.OfDisk<DirtyPagesMessage> answer, Outbox<DirtyPagesMessage> out);
    }

    Vault(Function<Outbox<DirtyPagesMessage>, Disk> disk) {
        this.disk = disk;
    }

    /** From now on it is another rank's; answers to what was asked before are not waited for. */
    void open(int rank) {
        prefix = "rank-" + rank + "-";
        waiting.clear();
    }

    /** Whether a file is one of the rank's. */
    boolean owns(String file) {
        return file.startsWith(prefix);
    }

    /** The file of an image that is complete. */
    String image(long epoch) {
        return prefix + "image-" + epoch;
    }

    /** The file of an image while it is written. */
    String part(long epoch) {
        return prefix + "part-" + epoch;
    }

    /** Takes an answer of the disk. */
    void on(Event.OfDisk<DirtyPagesMessage> answer, Outbox<DirtyPagesMessage> out) {
        Then then = waiting.remove(answer.token());
        if (then != null) {
            then.then(answer, out);
        }
    }

    private long expect(Then then) {
        waiting.put(++lastToken, then);
        return lastToken;
    }

    void write(String file, long offset, byte[] content, Then then, Outbox<DirtyPagesMessage> out) {
        disk.apply(out).write(expect(then), file, offset, content);
    }

    void sync(String file, Then then, Outbox<DirtyPagesMessage> out) {
        disk.apply(out).sync(expect(then), file);
    }

    void rename(String from, String to, Then then, Outbox<DirtyPagesMessage> out) {
        disk.apply(out).rename(expect(then), from, to);
    }

    /** Removes a file; whether it was there is of no interest. */
    void delete(String file, Outbox<DirtyPagesMessage> out) {
        disk.apply(out).delete(expect((_, _) -> {}), file);
    }

    void syncDirectory(Then then, Outbox<DirtyPagesMessage> out) {
        disk.apply(out).syncDirectory(expect(then));
    }

    void read(String file, Then then, Outbox<DirtyPagesMessage> out) {
        disk.apply(out).read(expect(then), file);
    }

    void list(Then then, Outbox<DirtyPagesMessage> out) {
        disk.apply(out).list(expect(then));
    }
}

package cairn.part.chain;

import cairn.model.Event;
import cairn.model.Message;
import cairn.model.Outbox;
import cairn.model.storage.Disk;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The files of one rank, on whichever disk: who asks says what is to be done with the answer. */
public final class ImageFiles<M extends Message> {

    private final Function<Outbox<M>, Disk> disk;
    private final NavigableMap<Long, BiConsumer<Event.OfDisk<M>, Outbox<M>>> waiting =
            new TreeMap<>();
    private String prefix = "";
    private long lastToken;

    public ImageFiles(Function<Outbox<M>, Disk> disk) {
        this.disk = disk;
    }

    /** From now on it is another rank's; answers to what was asked before are not waited for. */
    public void open(int rank) {
        prefix = "rank-" + rank + "-";
        waiting.clear();
    }

    /** Whether a file is one of the rank's. */
    public boolean owns(String file) {
        return file.startsWith(prefix);
    }

    /** The file of an image that is complete. */
    public String image(long epoch) {
        return prefix + "image-" + epoch;
    }

    /** The file of an image while it is written. */
    public String part(long epoch) {
        return prefix + "part-" + epoch;
    }

    /** Takes an answer of the disk. */
    public void on(Event.OfDisk<M> answer, Outbox<M> out) {
        BiConsumer<Event.OfDisk<M>, Outbox<M>> then = waiting.remove(answer.token());
        if (then != null) {
            then.accept(answer, out);
        }
    }

    private long expect(BiConsumer<Event.OfDisk<M>, Outbox<M>> then) {
        waiting.put(++lastToken, then);
        return lastToken;
    }

    public void write(
            String file,
            long offset,
            byte[] content,
            BiConsumer<Event.OfDisk<M>, Outbox<M>> then,
            Outbox<M> out) {
        disk.apply(out).write(expect(then), file, offset, content);
    }

    public void sync(String file, BiConsumer<Event.OfDisk<M>, Outbox<M>> then, Outbox<M> out) {
        disk.apply(out).sync(expect(then), file);
    }

    public void rename(
            String from, String to, BiConsumer<Event.OfDisk<M>, Outbox<M>> then, Outbox<M> out) {
        disk.apply(out).rename(expect(then), from, to);
    }

    /** Removes a file; whether it was there is of no interest. */
    public void delete(String file, Outbox<M> out) {
        disk.apply(out).delete(expect((_, _) -> {}), file);
    }

    public void syncDirectory(BiConsumer<Event.OfDisk<M>, Outbox<M>> then, Outbox<M> out) {
        disk.apply(out).syncDirectory(expect(then));
    }

    public void read(String file, BiConsumer<Event.OfDisk<M>, Outbox<M>> then, Outbox<M> out) {
        disk.apply(out).read(expect(then), file);
    }

    public void list(BiConsumer<Event.OfDisk<M>, Outbox<M>> then, Outbox<M> out) {
        disk.apply(out).list(expect(then));
    }
}

package cairn.part.chain;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Message;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.part.Image;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Merges a chain of images into one full image of its newest, whose file takes the place of that
 * one's as a whole. What it was put on is no longer needed then, and goes when older checkpoints
 * do. It gives up at the first thing that goes wrong: the chain is still there.
 */
public final class Compaction<M extends Message> {

    private final int rank;
    private final Epoch epoch;
    private final ImageFiles<M> files;
    private final ChainArchive<M> archive;
    private final FileRules rules;
    private @Nullable PagedMemory merged;
    private byte[] state = {};
    private boolean done;

    public Compaction(
            int rank, Epoch epoch, ImageFiles<M> files, ChainArchive<M> archive, FileRules rules) {
        this.rank = rank;
        this.epoch = epoch;
        this.files = files;
        this.archive = archive;
        this.rules = rules;
    }

    public boolean isDone() {
        return done;
    }

    public void begin(Outbox<M> out) {
        merged = new PagedMemory(out.memory().size());
        readNext(new ArrayDeque<>(new TreeSet<>(archive.needs(epoch, epoch))), out);
    }

    /** Puts one image after another on what is there, the oldest first. */
    private void readNext(Deque<Long> chain, Outbox<M> out) {
        Long next = chain.poll();
        PagedMemory memory = merged;
        if (memory == null || next == null) {
            return;
        }
        files.read(
                files.image(next),
                (answer, later) -> {
                    Image image =
                            answer instanceof Event.Fetched<?>(long _, byte[] content)
                                    ? rules.read(rank, content)
                                    : null;
                    if (image == null) {
                        end();
                        return;
                    }
                    image.restoreInto(memory);
                    state = image.state();
                    if (chain.isEmpty()) {
                        write(memory, later);
                    } else {
                        readNext(chain, later);
                    }
                },
                out);
    }

    private void write(PagedMemory memory, Outbox<M> out) {
        String part = files.part(epoch.number());
        Image full = Image.full(rank, epoch, memory.snapshot(), state);
        merged = null;
        files.write(part, 0, full.bytes(), unlessRefused(this::sync), out);
    }

    private void sync(Outbox<M> out) {
        files.sync(files.part(epoch.number()), unlessRefused(this::rename), out);
    }

    private void rename(Outbox<M> out) {
        if (archive.holds(epoch)) {
            files.rename(
                    files.part(epoch.number()),
                    files.image(epoch.number()),
                    unlessRefused(this::confirm),
                    out);
        } else {
            files.delete(files.part(epoch.number()), out);
            end();
        }
    }

    private void confirm(Outbox<M> out) {
        files.syncDirectory(unlessRefused(this::complete), out);
    }

    private void complete(Outbox<M> out) {
        if (archive.holds(epoch)) {
            archive.add(epoch, epoch, out);
        }
        end();
    }

    private void end() {
        merged = null;
        done = true;
    }

    private BiConsumer<Event.OfDisk<M>, Outbox<M>> unlessRefused(Consumer<Outbox<M>> next) {
        return (answer, out) -> {
            if (answer instanceof Event.StoreFailed<?>) {
                end();
            } else {
                next.accept(out);
            }
        };
    }
}

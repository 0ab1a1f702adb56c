package cairn.protocol.dirtypages;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.part.Image;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;

/**
 * Merges a chain of images into one full image of its newest, whose file takes the place of that
 * one's as a whole. What it was put on is no longer needed then, and goes when older checkpoints
 * do. It gives up at the first thing that goes wrong: the chain is still there.
 */
final class Compaction {

    private final int rank;
    private final Epoch epoch;
    private final Vault vault;
    private final Archive archive;
    private final Rules rules;
    private @Nullable PagedMemory merged;
    private byte[] state = {};
    private boolean done;

    Compaction(int rank, Epoch epoch, Vault vault, Archive archive, Rules rules) {
        this.rank = rank;
        this.epoch = epoch;
        this.vault = vault;
        this.archive = archive;
        this.rules = rules;
    }

    boolean isDone() {
        return done;
    }

    void begin(Outbox<DirtyPagesMessage> out) {
        merged = new PagedMemory(out.memory().size());
        readNext(new ArrayDeque<>(new TreeSet<>(archive.needs(epoch, epoch))), out);
    }

    /** Puts one image after another on what is there, the oldest first. */
    private void readNext(Deque<Long> chain, Outbox<DirtyPagesMessage> out) {
        Long next = chain.poll();
        PagedMemory memory = merged;
        if (memory == null || next == null) {
            return;
        }
        vault.read(
                vault.image(next),
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

    private void write(PagedMemory memory, Outbox<DirtyPagesMessage> out) {
        String part = vault.part(epoch.number());
        Image full = Image.full(rank, epoch, memory.snapshot(), state);
        merged = null;
        vault.write(part, 0, full.bytes(), unlessRefused(this::sync), out);
    }

    private void sync(Outbox<DirtyPagesMessage> out) {
        vault.sync(vault.part(epoch.number()), unlessRefused(this::rename), out);
    }

    private void rename(Outbox<DirtyPagesMessage> out) {
        if (archive.holds(epoch)) {
            vault.rename(
                    vault.part(epoch.number()),
                    vault.image(epoch.number()),
                    unlessRefused(this::confirm),
                    out);
        } else {
            vault.delete(vault.part(epoch.number()), out);
            end();
        }
    }

    private void confirm(Outbox<DirtyPagesMessage> out) {
        vault.syncDirectory(unlessRefused(this::complete), out);
    }

    private void complete(Outbox<DirtyPagesMessage> out) {
        if (archive.holds(epoch)) {
            archive.add(epoch, epoch, out);
        }
        end();
    }

    private void end() {
        merged = null;
        done = true;
    }

    private Vault.Then unlessRefused(Archive.Then next) {
        return (answer, out) -> {
            if (answer instanceof Event.StoreFailed<?>) {
                end();
            } else {
                next.then(out);
            }
        };
    }
}

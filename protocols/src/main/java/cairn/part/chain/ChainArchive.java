package cairn.part.chain;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.Outbox;
import cairn.model.memory.PagedMemory;
import cairn.model.storage.StorageError;
import cairn.part.Image;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The complete images of one rank, and which of them is put on which. */
public final class ChainArchive<M extends Message> {

    private final int rank;
    private final ImageFiles<M> files;
    private final FileRules rules;
    private final NavigableMap<Long, Long> bases = new TreeMap<>();
    private final NavigableMap<Long, Image> images = new TreeMap<>();
    private final List<String> useless = new ArrayList<>();

    public ChainArchive(int rank, ImageFiles<M> files, FileRules rules) {
        this.rank = rank;
        this.files = files;
        this.rules = rules;
    }

    // ---- going back

    /**
     * Reads all there is. Its names are made durable before: an image may just have got its name,
     * and a loss of power must not take what was offered, since others may have gone back to it.
     */
    public void scan(Consumer<Outbox<M>> found, Outbox<M> out) {
        files.list(
                (answer, later) -> {
                    if (answer instanceof Event.Listed<?>(long _, List<String> names)) {
                        Deque<String> own =
                                new ArrayDeque<>(names.stream().filter(files::owns).toList());
                        if (own.isEmpty()) {
                            found.accept(later);
                        } else {
                            confirm(synced -> readNext(own, found, synced), later);
                        }
                    }
                },
                out);
    }

    private void readNext(Deque<String> left, Consumer<Outbox<M>> found, Outbox<M> out) {
        String file = left.poll();
        if (file == null) {
            found.accept(out);
            return;
        }
        files.read(
                file,
                (answer, later) -> {
                    boolean again =
                            answer instanceof Event.StoreFailed<?>(long _, StorageError error)
                                    && error == StorageError.IO_ERROR;
                    if (again) {
                        left.addFirst(file);
                    } else if (answer instanceof Event.Fetched<?>(long _, byte[] content)) {
                        keep(file, content);
                    }
                    readNext(left, found, later);
                },
                out);
    }

    /** DJ-8: a file counts if its name and its checksum say that it is complete. */
    private void keep(String file, byte[] content) {
        Image image = rules.read(rank, content);
        if (image != null && file.equals(files.image(image.epoch().number()))) {
            images.put(image.epoch().number(), image);
            bases.put(image.epoch().number(), image.base().number());
        } else {
            useless.add(file);
        }
    }

    /** The checkpoints that can be restored: all that they are put on is there too. */
    public List<Epoch> restorable() {
        return bases.keySet().stream()
                .filter(epoch -> bases.containsKey(root(epoch)))
                .map(Epoch::new)
                .toList();
    }

    /** Puts a checkpoint into zeroed memory, and returns what was saved beside it. */
    public byte[] restore(Epoch line, PagedMemory memory) {
        Deque<Image> chain = new ArrayDeque<>();
        Long next = line.number();
        while (next != null) {
            Image image = images.get(next);
            if (image != null) {
                chain.addFirst(image);
            }
            next = image == null || image.isFull() ? null : image.base().number();
        }
        chain.forEach(image -> image.restoreInto(memory));
        return chain.getLast().state();
    }

    /** How many bytes a restore of a checkpoint reads. */
    public long bytes(Epoch line) {
        return needs(line, line).stream()
                .map(images::get)
                .filter(Objects::nonNull)
                .mapToLong(Image::size)
                .sum();
    }

    /**
     * Removes for good what lies beyond a line, so that no later recovery finds a checkpoint of a
     * past that was given up, and what is not complete.
     */
    public void cutAt(Epoch line, Consumer<Outbox<M>> done, Outbox<M> out) {
        images.clear();
        useless.forEach(file -> files.delete(file, out));
        useless.clear();
        new TreeSet<>(bases.tailMap(line.number(), false).keySet())
                .forEach(epoch -> discard(epoch, out));
        confirm(done, out);
    }

    private void confirm(Consumer<Outbox<M>> done, Outbox<M> out) {
        files.syncDirectory(
                (answer, later) -> {
                    if (answer instanceof Event.StoreFailed<?>) {
                        confirm(done, later);
                    } else {
                        done.accept(later);
                    }
                },
                out);
    }

    // ---- the chain

    /**
     * A complete image is there, perhaps in place of one that needed others; then what is put on it
     * needs less too.
     */
    public void add(Epoch epoch, Epoch base, Outbox<M> out) {
        bases.put(epoch.number(), base.number());
        for (long each : bases.tailMap(epoch.number(), true).keySet()) {
            out.claim(new Fact.Sealed(rank, new Epoch(each), new Epoch(root(each))));
        }
    }

    /** The oldest image that a restore reads; one that is absent, if the chain is broken. */
    private long root(long epoch) {
        long at = epoch;
        Long base = bases.get(at);
        while (base != null && base != at) {
            at = base;
            base = bases.get(at);
        }
        return at;
    }

    /** Whether a checkpoint is there. */
    public boolean holds(Epoch epoch) {
        return bases.containsKey(epoch.number());
    }

    /** How many images a restore reads. */
    public int length(Epoch epoch) {
        return needs(epoch, epoch).size();
    }

    /** All images that a restore of one of two checkpoints reads. */
    public NavigableSet<Long> needs(Epoch one, Epoch other) {
        NavigableSet<Long> needed = new TreeSet<>();
        for (Epoch epoch : List.of(one, other)) {
            Long at = bases.containsKey(epoch.number()) ? epoch.number() : null;
            while (at != null && needed.add(at)) {
                at = bases.get(at);
            }
        }
        return needed;
    }

    /** DJ-8: gives up what neither of the newest two committed checkpoints needs. */
    public void prune(Epoch newest, Epoch before, Outbox<M> out) {
        NavigableSet<Long> kept = rules.keeps(this, newest, before);
        for (long epoch : new TreeSet<>(bases.keySet())) {
            if (epoch <= newest.number() && !kept.contains(epoch)) {
                discard(epoch, out);
            }
        }
    }

    /** Gives up a checkpoint, if it is there. */
    public void discard(long epoch, Outbox<M> out) {
        if (bases.remove(epoch) != null) {
            out.claim(new Fact.Discarded(rank, new Epoch(epoch)));
            files.delete(files.image(epoch), out);
        }
    }
}

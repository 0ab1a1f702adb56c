package cairn.protocol.messagelogging;

import cairn.model.Event;
import cairn.model.Outbox;
import cairn.part.Image;
import cairn.part.StableFile;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Two files of a rank's disk, so that one checkpoint is whole while the next is written. */
final class Slots {

    static final long NONE = -1;

    /** The tokens and timers of the files are below this. */
    static final int TOKENS = 2 * StableFile.TOKENS;

    private final int owner;
    private final List<StableFile> files = new ArrayList<>();
    private final long[] epochs = {NONE, NONE};
    private int current;
    private @Nullable Image image;
    private boolean scanning;

    /** What an event meant. */
    enum Progress {
        UNDER_WAY,
        /** It is known which checkpoints there are. */
        SCANNED,
        /** A checkpoint was read: {@link #image}. */
        READ,
        WRITTEN,
        /** A file is damaged, or the disk failed. */
        BROKEN
    }

    Slots(int owner, long retryNanos) {
        this.owner = owner;
        for (int slot = 0; slot < epochs.length; slot++) {
            files.add(
                    new StableFile(
                            "checkpoint-" + slot, (long) slot * StableFile.TOKENS, retryNanos));
        }
    }

    /** Begins to find out what is there. */
    void scan(Outbox<?> out) {
        scanning = true;
        current = 0;
        files.getFirst().read(out);
    }

    boolean isBusy() {
        return files.stream().anyMatch(StableFile::isBusy);
    }

    /** The checkpoints that are there. */
    List<Long> epochs() {
        List<Long> there = new ArrayList<>();
        for (long epoch : epochs) {
            if (epoch != NONE) {
                there.add(epoch);
            }
        }
        return there;
    }

    /** Begins to read a checkpoint that is there. */
    void read(long epoch, Outbox<?> out) {
        current = epochs[0] == epoch ? 0 : 1;
        if (epochs[current] != epoch) {
            throw new IllegalStateException("e" + epoch + " is not among " + epochs());
        }
        files.get(current).read(out);
    }

    /** What was read last. */
    Image image() {
        if (image == null) {
            throw new IllegalStateException("nothing was read");
        }
        return image;
    }

    /**
     * Begins to write a checkpoint, not over the one that all ranks have. Returns the epoch that is
     * lost by that, or {@link #NONE}.
     */
    long write(Image fresh, long committed, Outbox<?> out) {
        boolean firstIsFree =
                epochs[0] != committed && (epochs[0] <= epochs[1] || epochs[1] == committed);
        current = firstIsFree ? 0 : 1;
        long lost = epochs[current];
        epochs[current] = fresh.epoch().number();
        files.get(current).write(fresh.bytes(), out);
        return lost;
    }

    /** A retry timer ran out. */
    void fired(long timer, Outbox<?> out) {
        files.stream().filter(file -> file.owns(timer)).forEach(file -> file.fired(out));
    }

    Progress on(Event.OfDisk<?> event, Outbox<?> out) {
        StableFile file = files.get(current);
        if (!file.owns(event.token())) {
            // The answer to what was asked before a retry.
            return Progress.UNDER_WAY;
        }
        return switch (file.on(event, out)) {
            case UNDER_WAY -> Progress.UNDER_WAY;
            case WRITTEN -> Progress.WRITTEN;
            case BROKEN -> Progress.BROKEN;
            case ABSENT -> scanned(out);
            case READ -> read(file.content(), out);
        };
    }

    private Progress read(byte[] content, Outbox<?> out) {
        Image found = Image.read(owner, content);
        if (found == null) {
            return Progress.BROKEN;
        }
        epochs[current] = found.epoch().number();
        if (scanning) {
            return scanned(out);
        }
        image = found;
        return Progress.READ;
    }

    private Progress scanned(Outbox<?> out) {
        if (current + 1 < files.size()) {
            current++;
            files.get(current).read(out);
            return Progress.UNDER_WAY;
        }
        scanning = false;
        return Progress.SCANNED;
    }

    @Override
    public String toString() {
        return files.get(current).toString();
    }
}

package cairn.part;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Outbox;

/**
 * The checkpoints of one memory in files of the machine's own disk, as {@link SoleServer} uses
 * them. One thing is asked at a time; {@link #on} says when it is done.
 */
public interface CheckpointFiles {

    /** What an event meant for what was asked. */
    enum Progress {
        /** It goes on. */
        UNDER_WAY,
        /** There never was a checkpoint. */
        NONE,
        /** The memory is that of the newest checkpoint. */
        RESTORED,
        /** What is on the disk is no whole checkpoint. */
        DAMAGED,
        /** The newest checkpoint is durable. */
        WRITTEN,
        /** A sync failed: nobody knows what is on the disk. */
        BROKEN
    }

    /** Begins to put the newest checkpoint into memory. */
    void restore(Outbox<?> out);

    /** A page that was protected is stored to. */
    void stored(int page);

    /**
     * Takes what the checkpoint consists of from the memory as it is, and protects what is to be
     * watched until the next one. Spends the time that the application stands still.
     */
    void cut(Epoch epoch, Outbox<?> out);

    /** Begins to write what was cut. */
    void write(Outbox<?> out);

    /** Takes an event of the disk. */
    Progress on(Event.OfDisk<?> event, Outbox<?> out);

    /** A timer ran out; all are these files'. */
    void fired(long timer, Outbox<?> out);

    /** Whether something that was asked is not yet done. */
    boolean isBusy();

    /** The newest checkpoint that was restored or written. */
    Epoch newest();

    /** The oldest checkpoint that a restore of the newest one reads. */
    Epoch needs();

    /** The oldest checkpoint of which something was on the disk when the newest was restored. */
    Epoch oldest();
}

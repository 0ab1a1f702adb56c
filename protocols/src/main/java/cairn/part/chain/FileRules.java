package cairn.part.chain;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.part.Image;

import org.jspecify.annotations.Nullable;

import java.util.NavigableSet;

/** The decisions about files on which safety hangs; tests break one at a time. */
public interface FileRules {

    /** The rules as they should be. */
    FileRules SOUND = new FileRules() {};

    /** DJ-8: whether the disk did what it was asked. */
    default boolean succeeded(Event.OfDisk<?> answer) {
        return !(answer instanceof Event.StoreFailed<?>);
    }

    /** DJ-8: a file gets its name when its content is durable. */
    default boolean syncsBeforeNaming() {
        return true;
    }

    /** DJ-8: the image of a file, if it is whole. */
    default @Nullable Image read(int rank, byte[] content) {
        return Image.read(rank, content);
    }

    /** DJ-8: what is kept: all that the newest two committed checkpoints need. */
    default NavigableSet<Long> keeps(ChainArchive<?> archive, Epoch newest, Epoch before) {
        return archive.needs(newest, before);
    }
}

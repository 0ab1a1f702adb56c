package cairn.protocol.objectimages;

import cairn.model.Epoch;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Seal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which image of each object makes up a checkpoint. As a file, in numbers of eight bytes: the
 * epoch, how many objects there are, the epoch of the image of each, and a checksum (CRC32C) of all
 * that.
 *
 * @param images the epoch of the image of each object
 */
record Registry(Epoch epoch, List<Epoch> images) {

    /** Of no checkpoint. */
    static final Registry NONE = new Registry(Epoch.ZERO, List.of());

    Registry {
        images = List.copyOf(images);
    }

    /** The registry of the next checkpoint, in which some objects have new images. */
    Registry next(Epoch at, BitSet changed) {
        List<Epoch> next = new ArrayList<>(images);
        changed.stream().forEach(object -> next.set(object, at));
        return new Registry(at, next);
    }

    byte[] bytes() {
        ByteWriter bytes = new ByteWriter().number(epoch.number()).number(images.size());
        images.forEach(image -> bytes.number(image.number()));
        return Seal.close(bytes.number(0).toBytes());
    }

    /** The registry of so many objects that a file holds; null if it is none. */
    static @Nullable Registry read(byte[] file, int objects) {
        if (file.length != (objects + 3) * Long.BYTES || !Seal.isWhole(file)) {
            return null;
        }
        ByteReader bytes = new ByteReader(file);
        Epoch epoch = new Epoch(bytes.number());
        List<Epoch> images = new ArrayList<>();
        for (int left = bytes.count(); left > 0; left--) {
            images.add(new Epoch(bytes.number()));
        }
        return new Registry(epoch, images);
    }
}

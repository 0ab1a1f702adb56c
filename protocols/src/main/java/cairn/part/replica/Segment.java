package cairn.part.replica;

import cairn.model.choice.Mix;

import java.util.zip.CRC32C;

/** One segment as it was at a version of its group; its bytes are never changed. */
public final class Segment {

    private final int index;
    private final long version;
    private final byte[] content;

    /**
     * A segment.
     *
     * @param version the group's version that last changed it
     */
    public Segment(int index, long version, byte[] content) {
        this.index = index;
        this.version = version;
        this.content = content;
    }

    public int index() {
        return index;
    }

    public long version() {
        return version;
    }

    public int length() {
        return content.length;
    }

    /** Its bytes, not to be changed. */
    public byte[] content() {
        return content;
    }

    long checksum() {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, content.length);
        return Mix.fold(Mix.fold(index, version), crc.getValue());
    }

    @Override
    public String toString() {
        return index + "@" + version;
    }
}

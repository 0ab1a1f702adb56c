package cairn.part.ensemble;

/** Bytes on their way, or kept: immutable. */
public final class Content {

    private final byte[] bytes;

    /** A copy of some bytes. */
    public Content(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes. */
    public int length() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return bytes.length + " B";
    }
}

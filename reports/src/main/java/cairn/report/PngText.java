package cairn.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A text beside the picture in a PNG file, as its specification (section 11.3.4.3) has it. */
final class PngText {
    // The signature and the header come first: 8 bytes, and 25 of a chunk that is always as long.
    private static final int AFTER_HEADER = 33;

    private PngText() {}

    /** The same picture with a chunk tEXt; characters beyond Latin-1 become question marks. */
    static byte[] with(byte[] png, String keyword, String text) {
        byte[] content = (keyword + '\0' + text).getBytes(StandardCharsets.ISO_8859_1);
        var chunk = ByteBuffer.allocate(content.length + 12);
        chunk.putInt(content.length).put("tEXt".getBytes(StandardCharsets.ISO_8859_1)).put(content);
        var check = new CRC32();
        check.update(chunk.array(), 4, content.length + 4);
        chunk.putInt((int) check.getValue());
        var out = new ByteArrayOutputStream(png.length + chunk.capacity());
        out.write(png, 0, AFTER_HEADER);
        out.writeBytes(chunk.array());
        out.write(png, AFTER_HEADER, png.length - AFTER_HEADER);
        return out.toByteArray();
    }
}

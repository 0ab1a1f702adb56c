package cairn.part.ensemble;

import cairn.model.computation.Parcel;
import cairn.part.ensemble.Outputs.Output;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a checkpoint holds beside the memory of its rank, as bytes: messages, outputs that wait, and
 * the traffic that the memory contains. Numbers are big endian; each list begins with its length.
 *
 * <pre>
 * messages: 4 from, 4 to, 8 number, 4 n, n content
 * outputs:  8 number, 8 value
 * traffic:  4 peer, 8 sent, 8 received
 * </pre>
 *
 * @param parcels messages that had arrived and were not received; or, where senders repeat them,
 *     the sender's copies
 */
public record SavedState(List<Parcel> parcels, List<Output> outputs, List<Traffic> traffic) {

    /** Of a rank at its beginning. */
    public static final SavedState NONE = new SavedState(List.of(), List.of(), List.of());

    public SavedState {
        parcels = List.copyOf(parcels);
        outputs = List.copyOf(outputs);
        traffic = List.copyOf(traffic);
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(parcels.size());
            for (Parcel parcel : parcels) {
                write(parcel, out);
            }
            out.writeInt(outputs.size());
            for (Output output : outputs) {
                out.writeLong(output.number());
                out.writeLong(output.value());
            }
            out.writeInt(traffic.size());
            for (Traffic with : traffic) {
                out.writeInt(with.peer());
                out.writeLong(with.sent());
                out.writeLong(with.received());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Parcel parcel, DataOutputStream out) throws IOException {
        out.writeInt(parcel.from());
        out.writeInt(parcel.to());
        out.writeLong(parcel.number());
        out.writeInt(parcel.length());
        out.write(parcel.content());
    }

    static SavedState read(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            List<Parcel> parcels = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                parcels.add(
                        new Parcel(
                                in.readInt(),
                                in.readInt(),
                                in.readLong(),
                                in.readNBytes(in.readInt())));
            }
            List<Output> outputs = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                outputs.add(new Output(in.readLong(), in.readLong()));
            }
            List<Traffic> traffic = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                traffic.add(new Traffic(in.readInt(), in.readLong(), in.readLong()));
            }
            return new SavedState(parcels, outputs, traffic);
        } catch (IOException e) {
            throw new UncheckedIOException("its image was whole", e);
        }
    }
}

package cairn.part.ensemble;

import cairn.model.computation.Parcel;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.ensemble.Outputs.Output;

import java.util.ArrayList;
import java.util.List;

/**
 * What a checkpoint holds beside the memory of its rank, as bytes: messages, outputs that wait, and
 * the traffic that the memory contains. Each list begins with its length.
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
        ByteWriter bytes = new ByteWriter().parcels(parcels).number(outputs.size());
        outputs.forEach(output -> bytes.number(output.number()).number(output.value()));
        bytes.number(traffic.size());
        traffic.forEach(
                with -> bytes.number(with.peer()).number(with.sent()).number(with.received()));
        return bytes.toBytes();
    }

    static SavedState read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        List<Parcel> parcels = in.parcels();
        List<Output> outputs = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            outputs.add(new Output(in.number(), in.number()));
        }
        List<Traffic> traffic = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            traffic.add(new Traffic(in.count(), in.number(), in.number()));
        }
        return new SavedState(parcels, outputs, traffic);
    }
}

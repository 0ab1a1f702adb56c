package cairn.protocol.dirtypages;

import cairn.model.computation.Parcel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages as bytes: those that arrived and were not received, and those that were sent and not
 * acknowledged. Sender and receiver of each say which it is.
 */
final class ChannelState {

    private ChannelState() {}

    static byte[] encode(List<Parcel> parcels) {
        int size = Integer.BYTES + parcels.stream().mapToInt(Parcel::bytes).sum();
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(parcels.size());
        for (Parcel parcel : parcels) {
            bytes.putInt(parcel.from()).putInt(parcel.to()).putLong(parcel.number());
            bytes.putLong(parcel.length()).put(parcel.content());
        }
        return bytes.array();
    }

    static List<Parcel> decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        List<Parcel> parcels = new ArrayList<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            int from = bytes.getInt();
            int to = bytes.getInt();
            long number = bytes.getLong();
            byte[] content = new byte[Math.toIntExact(bytes.getLong())];
            bytes.get(content);
            parcels.add(new Parcel(from, to, number, content));
        }
        return parcels;
    }
}

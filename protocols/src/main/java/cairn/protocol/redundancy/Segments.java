package cairn.protocol.redundancy;

import cairn.model.Epoch;
import cairn.part.ensemble.Content;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Segments that have arrived, until all of a stripe have and its parity can be made. */
final class Segments {

    private final RedundancySet set;
    private final NavigableMap<Epoch, SortedMap<Integer, SortedMap<Integer, Content>>> arrived =
            new TreeMap<>();

    Segments(RedundancySet set) {
        this.set = set;
    }

    /** Takes a segment: 4 bytes that say how long the image is, then its own. */
    @Nullable Parity add(Epoch epoch, int stripe, int member, Content content, int row) {
        SortedMap<Integer, SortedMap<Integer, Content>> ofStripe =
                arrived.computeIfAbsent(epoch, _ -> new TreeMap<>());
        SortedMap<Integer, Content> ofMember =
                ofStripe.computeIfAbsent(stripe, _ -> new TreeMap<>());
        ofMember.put(member, content);
        List<Integer> members = set.stripes().get(stripe).data();
        if (ofMember.size() < members.size()) {
            return null;
        }
        List<Integer> lengths = new ArrayList<>();
        List<byte[]> blocks = new ArrayList<>();
        for (int each : members) {
            ByteBuffer bytes =
                    ByteBuffer.wrap(ofMember.getOrDefault(each, new Content(new byte[0])).bytes());
            lengths.add(bytes.getInt());
            byte[] block = new byte[bytes.remaining()];
            bytes.get(block);
            blocks.add(block);
        }
        ofStripe.remove(stripe);
        return new Parity(lengths, new Content(set.code().parity(row, blocks)));
    }

    void forgetBefore(Epoch epoch) {
        arrived.headMap(epoch, false).clear();
    }

    void clear() {
        arrived.clear();
    }
}

package cairn.protocol.redundancy;

import cairn.model.Epoch;
import cairn.part.ensemble.Content;
import cairn.part.ensemble.Piece;
import cairn.protocol.redundancy.RedundancySet.Stripe;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a rank gathers from its group until it has again all that it is to keep of a checkpoint. */
final class Rebuild {

    private final RedundancySet set;
    private final int rank;
    private final Epoch epoch;
    private final SortedMap<Integer, byte[]> images = new TreeMap<>();
    // By stripe, then by row.
    private final SortedMap<Integer, SortedMap<Integer, Parity>> parities = new TreeMap<>();

    Rebuild(RedundancySet set, int rank, Epoch epoch) {
        this.set = set;
        this.rank = rank;
        this.epoch = epoch;
    }

    Epoch epoch() {
        return epoch;
    }

    /** The part of a checkpoint that is the parity of a stripe. */
    static int part(int stripe) {
        return Piece.IMAGE + 1 + stripe;
    }

    /** Takes a piece; one that is not of this checkpoint is not. */
    void add(Piece piece, int holder, Content content) {
        if (!piece.epoch().equals(epoch)) {
            return;
        }
        if (piece.isImage()) {
            images.put(piece.owner(), content.bytes());
        } else {
            int stripe = piece.part() - part(0);
            parities.computeIfAbsent(stripe, _ -> new TreeMap<>())
                    .put(set.stripes().get(stripe).parity().indexOf(holder), Parity.of(content));
        }
    }

    /** The pieces that may help and are not here, by who may have them. */
    SortedMap<Integer, List<Piece>> missing() {
        SortedMap<Integer, List<Piece>> missing = new TreeMap<>();
        for (int number = 0; number < set.stripes().size(); number++) {
            Stripe stripe = set.stripes().get(number);
            if (!stripe.data().contains(rank) && !stripe.parity().contains(rank)) {
                continue;
            }
            for (int member : stripe.data()) {
                if (!images.containsKey(member)) {
                    add(missing, member, Piece.image(member, epoch));
                }
            }
            for (int row = 0; row < stripe.parity().size(); row++) {
                if (!has(number, row)) {
                    int member = stripe.parity().get(row);
                    add(missing, member, new Piece(member, epoch, part(number)));
                }
            }
        }
        missing.remove(rank);
        return missing;
    }

    private static void add(SortedMap<Integer, List<Piece>> missing, int member, Piece piece) {
        List<Piece> pieces = missing.computeIfAbsent(member, _ -> new ArrayList<>());
        if (!pieces.contains(piece)) {
            pieces.add(piece);
        }
    }

    private boolean has(int stripe, int row) {
        return parities.getOrDefault(stripe, new TreeMap<>()).containsKey(row);
    }

    /** The rank's image; null as long as it does not follow from what is here. */
    byte @Nullable [] image() {
        byte[] own = images.get(rank);
        if (own != null) {
            return own;
        }
        List<byte[]> segments = new ArrayList<>();
        int length = 0;
        for (int number : set.stripesWithDataOf(rank)) {
            SortedMap<Integer, byte[]> data = data(number);
            byte[] segment = data == null ? null : data.get(column(number, rank));
            if (segment == null) {
                return null;
            }
            segments.add(segment);
            length = imageBytes(number, rank);
        }
        if (segments.isEmpty()) {
            return null;
        }
        byte[] image = joined(segments, length);
        images.put(rank, image);
        return image;
    }

    private byte[] joined(List<byte[]> segments, int length) {
        byte[] image = new byte[length];
        int each = set.segmentBytes(rank, length);
        for (int i = 0; i < segments.size(); i++) {
            int from = Math.min(length, i * each);
            System.arraycopy(
                    segments.get(i),
                    0,
                    image,
                    from,
                    Math.min(Math.min(each, length - from), segments.get(i).length));
        }
        return image;
    }

    private int column(int stripe, int member) {
        return set.stripes().get(stripe).data().indexOf(member);
    }

    /** The data of a stripe, from images and, as far as those are lost, from its parity. */
    private @Nullable SortedMap<Integer, byte[]> data(int number) {
        Stripe stripe = set.stripes().get(number);
        SortedMap<Integer, byte[]> data = new TreeMap<>();
        for (int member : stripe.data()) {
            byte[] image = images.get(member);
            if (image != null) {
                data.put(column(number, member), set.segment(member, number, image));
            }
        }
        SortedMap<Integer, byte[]> parity = new TreeMap<>();
        for (Map.Entry<Integer, Parity> row :
                parities.getOrDefault(number, new TreeMap<>()).entrySet()) {
            parity.put(row.getKey(), row.getValue().block().bytes());
        }
        if (stripe.data().size() - data.size() > parity.size()) {
            return null;
        }
        data.putAll(set.code().recover(stripe.data().size(), data, parity));
        return data;
    }

    private int imageBytes(int stripe, int member) {
        byte[] image = images.get(member);
        return image != null
                ? image.length
                : parities.getOrDefault(stripe, new TreeMap<>()).values().stream()
                        .findFirst()
                        .map(parity -> parity.imageBytes().get(column(stripe, member)))
                        .orElseThrow();
    }

    /** The rank's parity of a stripe; null as long as it does not follow from what is here. */
    @Nullable Parity parity(int number) {
        Stripe stripe = set.stripes().get(number);
        int row = stripe.parity().indexOf(rank);
        Parity own = parities.getOrDefault(number, new TreeMap<>()).get(row);
        if (own != null) {
            return own;
        }
        SortedMap<Integer, byte[]> data = data(number);
        if (data == null) {
            return null;
        }
        List<byte[]> blocks = List.copyOf(data.values());
        return new Parity(
                stripe.data().stream().map(member -> imageBytes(number, member)).toList(),
                new Content(set.code().parity(row, blocks)));
    }
}

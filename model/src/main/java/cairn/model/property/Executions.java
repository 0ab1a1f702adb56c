package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.service.Request;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which requests each node has executed on the memory that it has now, and how many changes its
 * memory had seen by then. Requests that came with a restored image count as executed before the
 * first change.
 */
final class Executions {

    private final List<BitSet> readOnly = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Image> images = new ArrayList<>();
    private long newestAcknowledged;

    /** What one node has executed. */
    static final class Node {
        private long[] number = new long[0];
        private long[] position = new long[0];
        private long[] at = new long[0];
        private long[] changedBy = new long[0];
        private long changes;

        /** The last request of a client that changed it; zero for none. */
        long changedBy(NodeId client) {
            return client.index() < changedBy.length ? changedBy[client.index()] : 0;
        }

        /** The last request of a client that it executed; zero for none. */
        long number(NodeId client) {
            return client.index() < number.length ? number[client.index()] : 0;
        }

        /** How many changes the memory had seen when that was done. */
        long position(NodeId client) {
            return client.index() < position.length ? position[client.index()] : 0;
        }

        /** When that was; when it was restored, if it came with an image. */
        long at(NodeId client) {
            return client.index() < at.length ? at[client.index()] : Long.MAX_VALUE;
        }

        /** How many changes its memory has seen since it was restored. */
        long changes() {
            return changes;
        }
    }

    /** The requests that a checkpoint contains, by client. */
    private static final class Image {
        private final long epoch;
        private final long digest;
        private final long[] changedBy;

        private Image(long epoch, long digest, long[] changedBy) {
            this.epoch = epoch;
            this.digest = digest;
            this.changedBy = changedBy;
        }
    }

    void invoked(Request request) {
        if (request.operation().isReadOnly() && request.number() <= Integer.MAX_VALUE) {
            while (readOnly.size() <= request.client().index()) {
                readOnly.add(new BitSet());
            }
            readOnly.get(request.client().index()).set((int) request.number());
        }
    }

    boolean isReadOnly(NodeId client, long number) {
        return client.index() < readOnly.size()
                && number <= Integer.MAX_VALUE
                && readOnly.get(client.index()).get((int) number);
    }

    Node of(NodeId node) {
        while (nodes.size() <= node.index()) {
            nodes.add(new Node());
        }
        return nodes.get(node.index());
    }

    void applied(NodeId by, NodeId client, long number, long at) {
        Node node = of(by);
        int i = client.index();
        node.number = LongTable.withRoomFor(node.number, i);
        node.position = LongTable.withRoomFor(node.position, i);
        node.at = LongTable.withRoomFor(node.at, i);
        node.changedBy = LongTable.withRoomFor(node.changedBy, i);
        if (!isReadOnly(client, number)) {
            node.changes++;
            node.changedBy[i] = Math.max(node.changedBy[i], number);
        }
        // A read that is repeated keeps its first place.
        if (number > node.number[i]) {
            node.number[i] = number;
            node.position[i] = node.changes;
            node.at[i] = at;
        }
    }

    void cut(Observation.Claimed by, Epoch epoch) {
        long[] contained = of(by.node()).changedBy.clone();
        images.add(new Image(epoch.number(), by.memoryDigest(), contained));
    }

    void acknowledged(long epoch) {
        newestAcknowledged = Math.max(newestAcknowledged, epoch);
        images.removeIf(image -> image.epoch < newestAcknowledged);
    }

    /** A process ended: nothing is executed on memory that is gone. */
    void forget(NodeId place) {
        of(place);
        nodes.set(place.index(), new Node());
    }

    void resumed(Observation.Claimed by, Epoch epoch) {
        forget(by.node());
        Node node = of(by.node());
        Image image = image(epoch.number(), by.memoryDigest());
        if (image != null) {
            node.number = image.changedBy.clone();
            node.changedBy = image.changedBy.clone();
            node.position = new long[image.changedBy.length];
            node.at = new long[image.changedBy.length];
            Arrays.fill(node.at, by.at());
        }
    }

    /** Of cuts of one number the one with that content, or else the last one. */
    private @Nullable Image image(long epoch, long digest) {
        Image found = null;
        for (Image image : images) {
            if (image.epoch == epoch
                    && (found == null || found.digest != digest || image.digest == digest)) {
                found = image;
            }
        }
        return found;
    }
}

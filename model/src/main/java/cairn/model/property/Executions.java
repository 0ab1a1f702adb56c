package cairn.model.property;

import cairn.model.NodeId;
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
        private final long[] changedBy;

        private Image(long epoch, long[] changedBy) {
            this.epoch = epoch;
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

    private boolean isReadOnly(NodeId client, long number) {
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

    void cut(NodeId by, long epoch) {
        images.add(new Image(epoch, of(by).changedBy.clone()));
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

    void resumed(NodeId by, long epoch, long at) {
        forget(by);
        Node node = of(by);
        Image image = image(epoch);
        if (image != null) {
            node.number = image.changedBy.clone();
            node.changedBy = image.changedBy.clone();
            node.position = new long[image.changedBy.length];
            node.at = new long[image.changedBy.length];
            Arrays.fill(node.at, at);
        }
    }

    private @Nullable Image image(long epoch) {
        Image found = null;
        for (Image image : images) {
            if (image.epoch == epoch) {
                found = image;
            }
        }
        return found;
    }
}

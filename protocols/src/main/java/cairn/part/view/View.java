package cairn.part.view;

import cairn.model.NodeId;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;

import java.util.ArrayList;
import java.util.List;

/**
 * Who runs an application and who stands by: its registration. A replica manager makes one after
 * the other, and nobody hears of one before it is durable (PA-1).
 *
 * @param version how-manieth of the manager's
 * @param term how-manieth primary; a view that changes the backups alone keeps it
 * @param primary the host that runs the application
 * @param incarnation the life of that host that does; another one is another primary
 * @param backups the hosts that stand by, first the one whose turn is next
 */
public record View(long version, long term, NodeId primary, int incarnation, List<NodeId> backups) {

    /** Before anybody was chosen. */
    public static final View NONE = new View(0, 0, new NodeId(0), -1, List.of());

    public View {
        backups = List.copyOf(backups);
    }

    /** Whether this very process runs the application. */
    public boolean isLedBy(NodeId host, int life) {
        return term > 0 && primary.equals(host) && incarnation == life;
    }

    public byte[] bytes() {
        ByteWriter bytes =
                new ByteWriter()
                        .number(version)
                        .number(term)
                        .number(primary.index())
                        .number(incarnation);
        backups.forEach(backup -> bytes.number(backup.index()));
        return bytes.toBytes();
    }

    public static View read(byte[] content) {
        ByteReader bytes = new ByteReader(content);
        long version = bytes.number();
        long term = bytes.number();
        NodeId primary = new NodeId(bytes.count());
        int incarnation = bytes.count();
        List<NodeId> backups = new ArrayList<>();
        while (bytes.left() > 0) {
            backups.add(new NodeId(bytes.count()));
        }
        return new View(version, term, primary, incarnation, backups);
    }
}

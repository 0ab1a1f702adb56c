package cairn.part.replica;

import cairn.model.CpuCosts;
import cairn.model.Message;
import cairn.model.NodeId;

import java.util.List;

/** A message of a test that carries one about replicas; and the group that the tests are about. */
record Said(ReplicaMessage carried) implements Message, ReplicaMessage.Carrier {

    static final List<NodeId> NODES = NodeId.run(0, 5);
    static final NodeId GLOBAL = new NodeId(5);

    static final ReplicaSettings SETTINGS = new ReplicaSettings(2, true, false, 1_000, 5_000);

    /** Five nodes in five domains, and storage that all reach. */
    static final Replicas<Said> GROUP =
            new Replicas<>(
                    SETTINGS,
                    new Domains(NODES, List.of(GLOBAL), 5),
                    "group",
                    CpuCosts.DEFAULT,
                    ReplicaRules.SOUND,
                    Said::new);

    @Override
    public int bytes() {
        return carried.bytes();
    }

    static Segment segment(int index, long version, int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return new Segment(index, version, content);
    }

    /** A version of two segments, of which the second has not changed since version 4. */
    static Copy copy(long term, long version) {
        return new Copy(
                term, version, version - 1, List.of(segment(0, version, 1, 2), segment(1, 4, 3)));
    }
}

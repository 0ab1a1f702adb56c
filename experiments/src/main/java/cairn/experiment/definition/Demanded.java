package cairn.experiment.definition;

import cairn.fault.Admissible;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;

import java.util.List;

/** A protocol that is held to what an experiment demands, instead of to what it promises. */
record Demanded<M extends Message>(Protocol<M> protocol, Admissible admissible)
        implements Protocol<M> {

    @Override
    public String name() {
        return protocol.name();
    }

    @Override
    public List<Seat> seats() {
        return protocol.seats();
    }

    @Override
    public Node<M> node(NodeId place) {
        return protocol.node(place);
    }

    @Override
    public Promise promise() {
        Promise own = protocol.promise();
        return new Promise(
                own.text() + " Here it has to survive what the experiment admits.",
                own.acknowledgement(),
                admissible.most(),
                own.holdsOutput(),
                own.deepestRollback(),
                own.failTogether(),
                own.commonNumbers(),
                own.keeps(),
                own.overlapping());
    }

    @Override
    public List<NodeId> servers() {
        return protocol.servers();
    }
}

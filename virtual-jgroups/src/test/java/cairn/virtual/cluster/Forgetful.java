package cairn.virtual.cluster;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.storage.StorageError;

import java.util.List;

/** A protocol whose nodes find no file that they wrote: a sabotage that a crash shows. */
record Forgetful<M extends Message>(Protocol<M> sound) implements Protocol<M> {

    @Override
    public String name() {
        return "forgetful " + sound.name();
    }

    @Override
    public List<Seat> seats() {
        return sound.seats();
    }

    @Override
    public Node<M> node(NodeId place) {
        Node<M> node = sound.node(place);
        return new Node<>() {
            @Override
            public void boot(Boot boot, Outbox<M> outbox) {
                node.boot(boot, outbox);
            }

            @Override
            public void on(Event<M> event, Outbox<M> outbox) {
                switch (event) {
                    case Event.Fetched<M>(long token, byte[] _) ->
                            node.on(new Event.StoreFailed<>(token, StorageError.NOT_FOUND), outbox);
                    case Event.Listed<M>(long token, List<String> _) ->
                            node.on(new Event.Listed<>(token, List.of()), outbox);
                    case Event<M> other -> node.on(other, outbox);
                }
            }

            @Override
            public String waitsFor() {
                return node.waitsFor();
            }
        };
    }

    @Override
    public Promise promise() {
        return sound.promise();
    }

    @Override
    public List<NodeId> servers() {
        return sound.servers();
    }
}

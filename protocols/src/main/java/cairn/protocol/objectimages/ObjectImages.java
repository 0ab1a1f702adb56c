package cairn.protocol.objectimages;

import cairn.model.CpuCosts;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.service.Service;
import cairn.part.NoMessage;
import cairn.part.SoleMachine;

import java.util.List;

/**
 * One server whose state is a registry of objects: before it answers, each object that changed is
 * written to a file of its own, and a new registry makes the images one checkpoint (US patent
 * 7,082,553; PA-4).
 */
public final class ObjectImages implements Protocol<NoMessage> {

    private final ObjectImagesSettings settings;
    private final SoleMachine machine;
    private final Rules rules;

    /** Protects a service for so many clients. */
    public ObjectImages(
            ObjectImagesSettings settings, Service service, int clients, CpuCosts costs) {
        this(settings, service, clients, costs, Rules.SOUND);
    }

    ObjectImages(
            ObjectImagesSettings settings,
            Service service,
            int clients,
            CpuCosts costs,
            Rules rules) {
        this.settings = settings;
        this.machine = new SoleMachine(service, clients, costs);
        this.rules = rules;
    }

    @Override
    public String name() {
        return "object-images";
    }

    @Override
    public List<Seat> seats() {
        return machine.seats();
    }

    @Override
    public Node<NoMessage> node(NodeId place) {
        return machine.server(
                new ObjectFiles(settings.objectPages(), machine.costs(), rules),
                settings.batchRequests());
    }

    @Override
    public Promise promise() {
        return SoleMachine.promise(
                "An answered request is part of the images that the registry on the server's disk"
                        + " names.");
    }

    @Override
    public List<NodeId> servers() {
        return machine.servers();
    }
}

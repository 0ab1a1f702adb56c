package cairn.protocol.objectimages;

import cairn.model.Acknowledgement;
import cairn.model.CpuCosts;
import cairn.model.Hardware;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.fault.FaultKind;
import cairn.model.service.Service;
import cairn.model.service.Sessions;
import cairn.part.SoleServer;

import java.util.List;

/**
 * One server whose state is a registry of objects: before it answers, each object that changed is
 * written to a file of its own, and a new registry makes the images one checkpoint (US patent
 * 7,082,553; PA-4).
 */
public final class ObjectImages implements Protocol<ObjectImagesMessage> {

    private static final NodeId SERVER = new NodeId(0);

    private final ObjectImagesSettings settings;
    private final Service service;
    private final int clients;
    private final CpuCosts costs;
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
        this.service = service;
        this.clients = clients;
        this.costs = costs;
        this.rules = rules;
    }

    private Sessions sessions() {
        return new Sessions(service, 1, clients);
    }

    @Override
    public String name() {
        return "object-images";
    }

    @Override
    public List<Seat> seats() {
        return List.of(
                new Seat(
                        "primary", Hardware.PLAIN.withMemory(sessions().memoryBytes()).withDisk()));
    }

    @Override
    public Node<ObjectImagesMessage> node(NodeId place) {
        return new SoleServer<>(
                new ObjectFiles(settings.objectPages(), costs, rules),
                sessions(),
                settings.batchRequests(),
                costs);
    }

    @Override
    public Promise promise() {
        return new Promise(
                "An answered request is part of the images that the registry on the server's disk"
                        + " names.",
                Acknowledgement.DURABLE,
                Promise.anyBut(
                        FaultKind.PERMANENT_LOSS, FaultKind.DISK_LIES, FaultKind.DISK_CORRUPTS),
                true);
    }

    @Override
    public List<NodeId> servers() {
        return List.of(SERVER);
    }
}

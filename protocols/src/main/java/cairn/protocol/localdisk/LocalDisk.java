package cairn.protocol.localdisk;

import cairn.model.CpuCosts;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Protocol;
import cairn.model.Seat;
import cairn.model.service.Service;
import cairn.part.SoleMachine;

import java.util.List;

/**
 * One server that writes its image to a file on its own disk before it answers, and reads it back
 * when it starts again: what a checkpoint costs without network-attached persistent memory.
 */
public final class LocalDisk implements Protocol<LocalDiskMessage> {

    private final LocalDiskSettings settings;
    private final SoleMachine machine;

    /** Protects a service for so many clients. */
    public LocalDisk(LocalDiskSettings settings, Service service, int clients, CpuCosts costs) {
        this.settings = settings;
        this.machine = new SoleMachine(service, clients, costs);
    }

    @Override
    public String name() {
        return "local-disk";
    }

    @Override
    public List<Seat> seats() {
        return machine.seats();
    }

    @Override
    public Node<LocalDiskMessage> node(NodeId place) {
        return machine.server(new WholeFile(machine.costs()), settings.batchRequests());
    }

    @Override
    public Promise promise() {
        return SoleMachine.promise(
                "An answered request is part of a checkpoint on the server's disk.");
    }

    @Override
    public List<NodeId> servers() {
        return machine.servers();
    }
}

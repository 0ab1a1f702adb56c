package cairn.part;

import cairn.model.Acknowledgement;
import cairn.model.CpuCosts;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.Seat;
import cairn.model.fault.FaultKind;
import cairn.model.service.Service;
import cairn.model.service.Sessions;

import java.util.List;

/**
 * A service on one machine with a disk of its own: what protocols have in common whose server is
 * alone. They differ in their {@link CheckpointFiles}.
 */
public record SoleMachine(Service service, int clients, CpuCosts costs) {

    private Sessions sessions() {
        return new Sessions(service, 1, clients);
    }

    public List<Seat> seats() {
        return List.of(
                new Seat(
                        "primary", Hardware.PLAIN.withMemory(sessions().memoryBytes()).withDisk()));
    }

    /**
     * A new object for the machine.
     *
     * @param batchRequests how many requests one checkpoint may contain
     */
    public <M extends Message> Node<M> server(CheckpointFiles files, int batchRequests) {
        return new SoleServer<>(files, sessions(), batchRequests, costs);
    }

    public List<NodeId> servers() {
        return List.of(new NodeId(0));
    }

    /** Whatever happens but what takes the disk or spoils what is on it. */
    public static Promise promise(String text) {
        return new Promise(
                text,
                Acknowledgement.DURABLE,
                Promise.anyBut(
                        FaultKind.PERMANENT_LOSS, FaultKind.DISK_LIES, FaultKind.DISK_CORRUPTS),
                true);
    }
}

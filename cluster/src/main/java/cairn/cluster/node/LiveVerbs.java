package cairn.cluster.node;

import cairn.model.fault.Moment;
import cairn.model.verbs.WorkRequest;
import cairn.rdma.Nic;
import cairn.rdma.NicCalls;

/** A node's calls on the emulated interface of its machine, which take place at once. */
final class LiveVerbs implements NicCalls {

    private final Nic nic;
    private final Site site;

    LiveVerbs(Nic nic, Site site) {
        this.nic = nic;
        this.site = site;
    }

    @Override
    public Nic nic() {
        return nic;
    }

    @Override
    public void post(int queuePair, WorkRequest request) {
        site.moment(Moment.WORK_POSTED);
        NicCalls.super.post(queuePair, request);
    }
}

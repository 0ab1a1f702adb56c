package cairn.simulator;

import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.storage.Disk;
import cairn.simulator.disk.DiskCosts;

/** interim */
final class DiskPort<M extends Message> implements Disk {
    DiskPort(World world, NodeId self, DiskCosts costs, Effects<M> effects) {}

    DiskPort<M> device() {
        return this;
    }

    void processCrash() {}

    void warmReset() {}

    void powerLoss() {}

    void permanentLoss() {}

    void lying(boolean b) {}

    void full(boolean b) {}

    void slow(double d) {}

    void loseWrites(boolean b) {}

    void misdirect(boolean b) {}

    void rot() {}

    long bytesWritten() {
        return 0;
    }

    @Override
    public void write(long token, String file, long offset, byte[] content) {}

    @Override
    public void sync(long token, String file) {}

    @Override
    public void rename(long token, String from, String to) {}

    @Override
    public void delete(long token, String file) {}

    @Override
    public void syncDirectory(long token) {}

    @Override
    public void read(long token, String file) {}

    @Override
    public void list(long token) {}
}
